package dev.overseer.server.loading;

import dev.overseer.checks.CheckDefinition;
import dev.overseer.checks.CheckModule;
import dev.overseer.model.CheckName;
import dev.overseer.model.InvalidRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.ServiceLoader.Provider;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All checks that were found, and all that is wrong about them. A jar's checks have a class loader
 * of their own, under ours: what two jars bring does not meet. Closing makes the jars' classes
 * unusable.
 */
public final class LoadedChecks implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LoadedChecks.class);

  private final List<String> problems = new ArrayList<>();
  private final List<URLClassLoader> loaders = new ArrayList<>();
  private final DeclaredChecks declared = new DeclaredChecks(problems);
  private final List<CheckDefinition<?>> definitions;

  /**
   * Finds checks in modules that the program has at hand, in modules on the class path, and in the
   * jars of {@code directory}.
   */
  public static LoadedChecks find(List<CheckModule> given, Optional<Path> directory) {
    return new LoadedChecks(given, true, directory.map(LoadedChecks::jarsOf).orElse(List.of()));
  }

  /** Takes these modules alone. */
  public static LoadedChecks of(List<CheckModule> given) {
    return new LoadedChecks(given, false, List.of());
  }

  /** Takes what this jar declares alone. */
  public static LoadedChecks ofJar(Path jar) {
    if (!isJar(jar)) {
      throw new InvalidRequest("There is no jar " + jar.toAbsolutePath());
    }
    return new LoadedChecks(List.of(), false, List.of(jar));
  }

  private LoadedChecks(List<CheckModule> given, boolean classPath, List<Path> jars) {
    given.forEach(module -> declared.declare(module, module.getClass().getName()));
    if (classPath) {
      declareAll(LoadedChecks.class.getClassLoader(), "the class path");
    }
    jars.forEach(this::declareJar);
    definitions = declared.definitions();
  }

  public List<CheckDefinition<?>> definitions() {
    return definitions;
  }

  public Set<CheckName> names() {
    return definitions.stream().map(CheckDefinition::name).collect(Collectors.toSet());
  }

  /** What is wrong, for people; empty when nothing is. */
  public List<String> problems() {
    return List.copyOf(problems);
  }

  @Override
  public void close() {
    for (URLClassLoader loader : loaders) {
      try {
        loader.close();
      } catch (IOException e) {
        LOG.warn("A jar of checks could not be closed", e);
      }
    }
  }

  private static List<Path> jarsOf(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw new InvalidRequest(
          "There is no directory %s, which checks.directory names".formatted(directory));
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(LoadedChecks::isJar).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("The directory of checks cannot be read: " + directory, e);
    }
  }

  private static boolean isJar(Path file) {
    return file.toString().endsWith(".jar") && Files.isRegularFile(file);
  }

  private void declareJar(Path jar) {
    try {
      URL[] urls = {jar.toUri().toURL()};
      URLClassLoader loader = new URLClassLoader(urls, LoadedChecks.class.getClassLoader());
      loaders.add(loader);
      if (declareAll(loader, jar.toString()) == 0) {
        problems.add(
            "%s declares no checks: it needs META-INF/services/%s naming a class of it"
                .formatted(jar, CheckModule.class.getName()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The jar %s cannot be read".formatted(jar), e);
    }
  }

  /** Only the modules that the loader itself brings, not those of its parent. */
  private int declareAll(ClassLoader loader, String origin) {
    try {
      List<Provider<CheckModule>> own =
          ServiceLoader.load(CheckModule.class, loader).stream()
              .filter(it -> loader.equals(it.type().getClassLoader()))
              .toList();
      for (Provider<CheckModule> provider : own) {
        declared.declare(provider.get(), provider.type().getName() + " in " + origin);
      }
      return own.size();
    } catch (ServiceConfigurationError | LinkageError e) {
      problems.add("%s cannot be loaded: %s".formatted(origin, e.getMessage()));
      return 1;
    }
  }
}
