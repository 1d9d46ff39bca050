package dev.overseer.runner.simulation.mutants;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * All of the product's and the simulation's classes once more, some of them made of changed
 * sources. Nothing is shared with the classes of the same names elsewhere.
 */
final class MutatedClasses extends ClassLoader {
  private static final Path ROOT = Path.of("..");

  private final Map<String, byte[]> mutated;

  private MutatedClasses(Map<String, byte[]> mutated) {
    super("mutated", MutatedClasses.class.getClassLoader());
    this.mutated = mutated;
  }

  /**
   * @throws IllegalStateException when an edit's text is not in its source just once, or does not
   *     compile: then the product changed, and the mutant must follow
   */
  static MutatedClasses of(Mutant mutant) throws IOException {
    return new MutatedClasses(compiled(mutant, edited(mutant)));
  }

  /** The sources as the mistake leaves them. */
  static Map<String, String> edited(Mutant mutant) throws IOException {
    Map<String, String> sources = new TreeMap<>();
    for (Mutant.Edit edit : mutant.edits()) {
      String before = sources.get(edit.source());
      String source = before == null ? Files.readString(ROOT.resolve(edit.source())) : before;
      if (source.split(java.util.regex.Pattern.quote(edit.text()), -1).length != 2) {
        throw new IllegalStateException(
            "Mutant '%s' expects once in %s: %s".formatted(mutant, edit.source(), edit.text()));
      }
      sources.put(edit.source(), source.replace(edit.text(), edit.replacement()));
    }
    return sources;
  }

  private static Map<String, byte[]> compiled(Mutant mutant, Map<String, String> sources)
      throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (Output output = new Output(compiler.getStandardFileManager(null, null, null))) {
      java.io.StringWriter told = new java.io.StringWriter();
      List<String> options =
          List.of("-classpath", System.getProperty("java.class.path", ""), "-proc:none", "-nowarn");
      List<Source> units =
          sources.entrySet().stream().map(it -> new Source(it.getKey(), it.getValue())).toList();
      if (!compiler.getTask(told, output, null, options, null, units).call()) {
        throw new IllegalStateException("Mutant '%s' does not compile: %s".formatted(mutant, told));
      }
      Map<String, byte[]> classes = new HashMap<>();
      output.classes.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
      return classes;
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith("dev.overseer.")) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? define(name) : loaded;
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    byte @Nullable [] bytes = mutated.get(name);
    if (bytes == null) {
      try (InputStream original = getResourceAsStream(name.replace('.', '/') + ".class")) {
        if (original == null) {
          throw new ClassNotFoundException(name);
        }
        bytes = original.readAllBytes();
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }
    return defineClass(name, bytes, 0, bytes.length);
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String path, String text) {
      super(URI.create("mutated:///" + path), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  /** Keeps what is compiled in memory. */
  private static final class Output extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, ByteArrayOutputStream> classes = new HashMap<>();

    Output(JavaFileManager files) {
      super(files);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String name, JavaFileObject.Kind kind, javax.tools.FileObject sibling) {
      return new SimpleJavaFileObject(URI.create("mutated:///" + name), kind) {
        @Override
        public OutputStream openOutputStream() {
          return classes.computeIfAbsent(name, _ -> new ByteArrayOutputStream());
        }
      };
    }
  }
}
