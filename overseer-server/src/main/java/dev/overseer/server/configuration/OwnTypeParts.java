package dev.overseer.server.configuration;

import com.google.protobuf.Descriptors.Descriptor;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.ModelName;
import dev.overseer.model.ViewDefinition;
import dev.overseer.model.ViewName;
import dev.overseer.server.configuration.Entries.Entry;
import dev.overseer.server.configuration.Field.Given;
import dev.overseer.server.configuration.OverseerFile.ProtobufFile;
import dev.overseer.server.protobuf.DescriptorSet;
import dev.overseer.server.protobuf.OwnType;
import dev.overseer.server.protobuf.OwnTypes;
import dev.overseer.views.binding.MessageEncoder;
import dev.overseer.views.binding.Mismatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The message types of the user's own, which must fit the views and models that they are of. */
final class OwnTypeParts {
  private final Path directory;
  private final List<ViewDefinition> views;
  private final List<String> models;
  private final Mistakes mistakes;

  /** Whether the views are what their author means, so that a type can be held against them. */
  private final boolean areViewsSound;

  OwnTypeParts(Path directory, List<ViewDefinition> views, List<String> models, Mistakes mistakes) {
    this.directory = directory;
    this.views = views;
    this.models = models;
    this.mistakes = mistakes;
    this.areViewsSound = mistakes.isEmpty();
  }

  OwnTypes messages(ProtobufFile file) {
    Optional<DescriptorSet> set = file.descriptors().given().flatMap(this::read);
    Map<ViewName, OwnType> ofViews = new HashMap<>();
    for (Entry<String> entry : file.views().orElse(Entries.none()).list()) {
      Optional<ViewDefinition> view = view(entry);
      Optional<Descriptor> type = set.flatMap(it -> type(it, entry));
      view.ifPresent(
          it ->
              type.flatMap(found -> ofView(entry, found, it))
                  .ifPresent(message -> ofViews.put(it.name(), message)));
    }
    Map<ModelName, OwnType> ofRecords = new HashMap<>();
    for (Entry<String> entry : file.records().orElse(Entries.none()).list()) {
      boolean isThere = requireName(entry, "model", models);
      set.flatMap(it -> type(it, entry))
          .filter(_ -> isThere)
          .flatMap(type -> ofRecord(entry, type))
          .ifPresent(message -> ofRecords.put(new ModelName(entry.name()), message));
    }
    return new OwnTypes(ofViews, ofRecords);
  }

  private Optional<DescriptorSet> read(Given<Path> path) {
    Path file = directory.resolve(path.value());
    try {
      return Optional.of(DescriptorSet.read(Files.readAllBytes(file)));
    } catch (IOException e) {
      mistakes.add(
          path.place(), "the file %s cannot be read".formatted(file), "a file of descriptors");
    } catch (InvalidRequest wrong) {
      mistakes.add(
          path.place(),
          "the file %s cannot be used: %s".formatted(file, wrong.getMessage()),
          "what protoc --include_imports --descriptor_set_out=FILE writes");
    }
    return Optional.empty();
  }

  private Optional<ViewDefinition> view(Entry<String> entry) {
    requireName(entry, "view", views.stream().map(view -> view.name().value()).toList());
    return views.stream()
        .filter(view -> areViewsSound && view.name().value().equals(entry.name()))
        .findFirst();
  }

  private boolean requireName(Entry<String> entry, String kind, List<String> names) {
    if (names.contains(entry.name())) {
      return true;
    }
    mistakes.add(
        entry.place(),
        "there is no %s '%s'".formatted(kind, entry.name()),
        "a name under '%ss': %s".formatted(kind, String.join(", ", names)),
        Nearest.to(entry.name(), names));
    return false;
  }

  private Optional<Descriptor> type(DescriptorSet set, Entry<String> entry) {
    Optional<Given<String>> name = entry.value().given();
    Optional<Descriptor> type = name.flatMap(it -> set.find(it.value()));
    if (type.isEmpty()) {
      name.ifPresent(
          it ->
              mistakes.add(
                  it.place(),
                  "the descriptors have no message '%s'".formatted(it.value()),
                  "one of " + String.join(", ", set.names()),
                  Nearest.to(it.value(), set.names())));
    }
    return type;
  }

  private Optional<OwnType> ofView(Entry<String> entry, Descriptor type, ViewDefinition view) {
    return MessageEncoder.ofView(type, view, unfit(entry))
        .map(encoder -> new OwnType(type, encoder, "view"));
  }

  private Optional<OwnType> ofRecord(Entry<String> entry, Descriptor type) {
    return MessageEncoder.ofRecord(type, new ModelName(entry.name()), unfit(entry))
        .map(encoder -> new OwnType(type, encoder, "record"));
  }

  private Consumer<Mismatch> unfit(Entry<String> entry) {
    Place place = entry.value().given().map(Given::place).orElse(entry.place());
    return mismatch ->
        mistakes.add(
            place,
            "the field %s does not fit: it is %s".formatted(mismatch.field(), mismatch.found()),
            mismatch.expected(),
            mismatch.nearMisses().stream().findFirst());
  }
}
