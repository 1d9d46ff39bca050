package dev.overseer.bench.process;

import dev.overseer.checks.CheckModule;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** Checks as a team would hand them to Overseer: a jar in the directory that is configured. */
public final class ChecksJar {
  private ChecksJar() {}

  /**
   * Writes the jar.
   *
   * @param others every class that the module needs beside itself
   */
  public static void write(Path jar, Class<? extends CheckModule> module, Class<?>... others) {
    try {
      Files.createDirectories(jar.toAbsolutePath().getParent());
      try (OutputStream file = Files.newOutputStream(jar);
          JarOutputStream out = new JarOutputStream(file)) {
        out.putNextEntry(new JarEntry("META-INF/services/" + CheckModule.class.getName()));
        out.write((module.getName() + "\n").getBytes(StandardCharsets.UTF_8));
        for (Class<?> type : Stream.concat(Stream.of(module), Stream.of(others)).toList()) {
          add(type, out);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + jar, e);
    }
  }

  private static void add(Class<?> type, JarOutputStream out) throws IOException {
    List<String> parts = List.of(type.getName().split("\\."));
    String file = String.join("/", parts) + ".class";
    out.putNextEntry(new JarEntry(file));
    try (InputStream bytes = type.getResourceAsStream("/" + file)) {
      Objects.requireNonNull(bytes, file).transferTo(out);
    }
  }
}
