package dev.overseer.server.commands;

import dev.overseer.model.InvalidRequest;
import dev.overseer.server.reading.Question;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which record, or which view of which root, and as of when. */
final class AskedOptions {
  @Parameters(
      paramLabel = "NAME/KEY",
      description =
          "The model or view, and the key: withdrawal/42. Parts of a key of several columns are"
              + " separated by commas: transfer/eu,7.")
  String text = "";

  @Option(
      names = "--key",
      paramLabel = "COLUMN=VALUE",
      description =
          "A part of the key, once for each of its columns; then the name stands alone. For keys"
              + " that have commas in them.")
  List<String> columns = List.of();

  @Option(
      names = "--known-at",
      paramLabel = "OFFSET",
      description = "Know only what was stored before this offset of the log. Default: everything.")
  @Nullable String knownAt;

  Question question(Optional<String> asOf) {
    int slash = text.indexOf('/');
    if (slash < 0 && columns.isEmpty()) {
      throw new InvalidRequest(
          "Say which one: %s/KEY, or %s --key COLUMN=VALUE".formatted(text, text));
    }
    if (slash >= 0 && !columns.isEmpty()) {
      throw new InvalidRequest("Give the key after the slash or by --key, not both");
    }
    return new Question(
        slash < 0 ? text : text.substring(0, slash),
        slash < 0 ? "" : text.substring(slash + 1),
        columns,
        asOf,
        Optional.ofNullable(knownAt));
  }
}
