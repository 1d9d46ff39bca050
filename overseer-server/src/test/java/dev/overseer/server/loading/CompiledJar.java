package dev.overseer.server.loading;

import dev.overseer.checks.CheckModule;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** A jar of the class {@code sample.SampleChecks}, compiled for a test. */
public final class CompiledJar {
  private CompiledJar() {}

  /**
   * @param service whether the jar names the class as its module of checks
   */
  public static void write(Path target, String source, boolean service) throws IOException {
    Path work = Files.createTempDirectory(target.toAbsolutePath().getParent(), "classes");
    Path file = Files.writeString(work.resolve("SampleChecks.java"), source);
    int result =
        Objects.requireNonNull(ToolProvider.getSystemJavaCompiler())
            .run(null, null, null, "-proc:none", "-d", work.toString(), file.toString());
    if (result != 0) {
      throw new IllegalStateException("The sample does not compile: " + source);
    }
    try (OutputStream out = Files.newOutputStream(target);
        JarOutputStream jar = new JarOutputStream(out)) {
      for (Path type : classes(work)) {
        jar.putNextEntry(new JarEntry(work.relativize(type).toString()));
        jar.write(Files.readAllBytes(type));
      }
      if (service) {
        jar.putNextEntry(new JarEntry("META-INF/services/" + CheckModule.class.getName()));
        jar.write("sample.SampleChecks\n".getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private static List<Path> classes(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(file -> file.toString().endsWith(".class")).sorted().toList();
    }
  }
}
