package dev.overseer.server.protobuf;

import com.google.protobuf.AnyProto;
import com.google.protobuf.DescriptorProtos;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DurationProto;
import com.google.protobuf.EmptyProto;
import com.google.protobuf.FieldMaskProto;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.StructProto;
import com.google.protobuf.TimestampProto;
import com.google.protobuf.WrappersProto;
import dev.overseer.model.InvalidRequest;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The message types of a {@code google.protobuf.FileDescriptorSet}, as {@code protoc} writes it.
 */
public final class DescriptorSet {
  private static final Map<String, FileDescriptor> WELL_KNOWN =
      byName(
          DescriptorProtos.getDescriptor(),
          AnyProto.getDescriptor(),
          DurationProto.getDescriptor(),
          EmptyProto.getDescriptor(),
          FieldMaskProto.getDescriptor(),
          StructProto.getDescriptor(),
          TimestampProto.getDescriptor(),
          WrappersProto.getDescriptor());

  private final Map<String, FileDescriptorProto> protos = new LinkedHashMap<>();
  private final Map<String, FileDescriptor> files = new LinkedHashMap<>(WELL_KNOWN);
  private final Map<String, Descriptor> types = new TreeMap<>();

  private static Map<String, FileDescriptor> byName(FileDescriptor... files) {
    Map<String, FileDescriptor> byName = new LinkedHashMap<>();
    Stream.of(files).forEach(file -> byName.put(file.getName(), file));
    return byName;
  }

  /** Fails with {@link InvalidRequest} when it is none, or lacks what it imports. */
  public static DescriptorSet read(byte[] bytes) {
    try {
      return new DescriptorSet(FileDescriptorSet.parseFrom(bytes));
    } catch (InvalidProtocolBufferException e) {
      throw new InvalidRequest("it is no google.protobuf.FileDescriptorSet", e);
    }
  }

  private DescriptorSet(FileDescriptorSet set) {
    set.getFileList().forEach(file -> protos.put(file.getName(), file));
    protos.keySet().forEach(name -> file(name, name, new HashSet<>()));
    protos
        .keySet()
        .forEach(
            name ->
                files
                    .getOrDefault(name, TimestampProto.getDescriptor())
                    .getMessageTypes()
                    .forEach(this::add));
  }

  private FileDescriptor file(String name, String importer, Set<String> open) {
    FileDescriptor built = files.get(name);
    if (built != null) {
      return built;
    }
    FileDescriptorProto proto = protos.get(name);
    if (proto == null || !open.add(name)) {
      throw new InvalidRequest(
          "it lacks %s, which %s imports: make it with protoc --include_imports"
              .formatted(name, importer));
    }
    FileDescriptor file = build(proto, open);
    files.put(name, file);
    return file;
  }

  private FileDescriptor build(FileDescriptorProto proto, Set<String> open) {
    FileDescriptor[] imported =
        proto.getDependencyList().stream()
            .map(dependency -> file(dependency, proto.getName(), open))
            .toArray(FileDescriptor[]::new);
    try {
      return FileDescriptor.buildFrom(proto, imported);
    } catch (DescriptorValidationException e) {
      throw new InvalidRequest(
          "its file %s is not sound: ".formatted(proto.getName()) + e.getMessage(), e);
    }
  }

  private void add(Descriptor type) {
    types.put(type.getFullName(), type);
    type.getNestedTypes().stream()
        .filter(nested -> !nested.getOptions().getMapEntry())
        .forEach(this::add);
  }

  /** By its name with the package: {@code example.Withdrawal}. */
  public Optional<Descriptor> find(String name) {
    return Optional.ofNullable(types.get(name));
  }

  /** Of all message types, in order. */
  public List<String> names() {
    return List.copyOf(types.keySet());
  }
}
