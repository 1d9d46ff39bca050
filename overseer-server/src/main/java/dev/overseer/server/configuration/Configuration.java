package dev.overseer.server.configuration;

import dev.overseer.model.Definitions;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.SourceName;
import dev.overseer.server.canary.CanaryDefinitions;
import dev.overseer.server.protobuf.OwnTypes;
import dev.overseer.views.ViewLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * All that the configuration file says, its names resolved and its defaults filled in.
 *
 * @param canary how often Overseer breaks a record of its own; absent: never
 * @param definitions those of the file; with the canary's, they are {@link #watched}
 */
public record Configuration(
    Path dataDirectory,
    HttpSettings http,
    CheckSettings checks,
    EscalationSettings escalation,
    Optional<Duration> canary,
    StorageSettings storage,
    PersonalDataSettings personalData,
    ViewLimits limits,
    OwnTypes messages,
    List<SourceSettings> sources,
    Definitions definitions) {
  /** Where everything is stored when nobody says otherwise: below the working directory. */
  public static final Path DATA_DIRECTORY_DEFAULT = Path.of("overseer-data");

  public Configuration {
    sources = List.copyOf(sources);
  }

  /**
   * Reads a file. Relative paths in it are relative to the directory that it is in.
   *
   * @throws InvalidRequest with a report for people on every mistake in it
   */
  public static Configuration read(Path file) {
    try {
      Path directory = file.toAbsolutePath().getParent();
      return parse(
          file.toString(), Files.readString(file), directory == null ? Path.of("") : directory);
    } catch (NoSuchFileException e) {
      throw new InvalidRequest(
          "There is no file %s; name the configuration with --config".formatted(file), e);
    } catch (IOException e) {
      throw new UncheckedIOException("The configuration %s cannot be read".formatted(file), e);
    }
  }

  /**
   * Like {@link #read}.
   *
   * @param name the text's name in reports
   * @param directory to which relative paths are relative
   */
  public static Configuration parse(String name, String text, Path directory) {
    Mistakes mistakes = new Mistakes();
    return YamlText.compose(text, mistakes)
        .flatMap(root -> new RecordBinder(mistakes).bind(OverseerFile.class, root).find())
        .map(file -> new Resolution(file, directory, mistakes).configuration())
        .filter(_ -> mistakes.isEmpty())
        .orElseThrow(
            () ->
                new InvalidRequest(
                    new Report(name, text, mistakes.hidden()).of(mistakes.inOrder())));
  }

  /** Every key that the file may have, dotted; {@code *} stands for a name of its author's. */
  public static List<String> keys() {
    return RecordBinder.keys(OverseerFile.class);
  }

  /** Fails with {@link InvalidRequest} when there is none. */
  public SourceSettings source(SourceName name) {
    return sources.stream()
        .filter(source -> source.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new InvalidRequest("No source is named '" + name + "'"));
  }

  /** All that is indexed and judged: what the file declares, and the canary. */
  public Definitions watched() {
    return canary.isPresent() ? CanaryDefinitions.with(definitions) : definitions;
  }

  public Configuration withDataDirectory(Path dataDirectory) {
    return new Configuration(
        dataDirectory,
        http,
        checks,
        escalation,
        canary,
        storage,
        personalData,
        limits,
        messages,
        sources,
        definitions);
  }

  public Configuration withHttp(HttpSettings http) {
    return new Configuration(
        dataDirectory,
        http,
        checks,
        escalation,
        canary,
        storage,
        personalData,
        limits,
        messages,
        sources,
        definitions);
  }
}
