package dev.overseer.runner;

import dev.overseer.checks.CheckDefinition;
import dev.overseer.checks.DefinitionHash;
import dev.overseer.checks.ExecutionStrategy;
import dev.overseer.checks.Selection;
import dev.overseer.model.Definitions;
import dev.overseer.model.InvariantViolated;
import dev.overseer.model.ModelDefinition;
import dev.overseer.model.ModelName;
import dev.overseer.model.Operation;
import dev.overseer.model.SourceName;
import dev.overseer.model.ViewDefinition;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everything that decides a check's complete verdicts beside the log, as lines of text: readable in
 * the journal, and hashed to identify the definition. What a function does is not in it; that is
 * what the check's version is for.
 */
public final class DefinitionText {
  private static final int HASH_BYTES = 16;

  private final String text;

  private DefinitionText(String text) {
    this.text = text;
  }

  /**
   * @param clockOffsetsMicros of each source, as configured
   * @param formats every wire format's name and the version of its aggregation
   */
  public static DefinitionText of(
      CheckDefinition<?> check,
      Definitions definitions,
      Map<SourceName, Long> clockOffsetsMicros,
      Map<String, String> formats) {
    ViewDefinition view = definitions.view(check.view());
    Stream<String> own =
        Stream.of(
            "check " + check.name() + " version " + check.version(),
            "strategy " + strategy(check.strategy()),
            "triggered by "
                + (check.triggeringAliases().isEmpty()
                    ? "every alias"
                    : new TreeSet<>(check.triggeringAliases())),
            "orphans " + check.orphans(),
            "type " + check.viewType().getName(),
            "view "
                + view.name()
                + " of "
                + view.root()
                + (view.rootOptional() ? ", optional" : ""));
    Stream<String> selection =
        view.aliases().stream().flatMap(alias -> selection(check, alias).stream());
    Stream<String> inputs =
        switch (check.inputs()) {
          case VIEW_ALONE -> Stream.empty();
          case CALLS_OUT -> Stream.of("calls out: its verdicts depend on more than the log");
        };
    Stream<String> joins = view.joins().stream().map(DefinitionText::join);
    Stream<String> totals = view.totals().stream().map(DefinitionText::total);
    Stream<String> models = view.models().stream().sorted().map(model -> model(model, definitions));
    Stream<String> sources =
        definitions.sourcesOf(view).stream()
            .map(
                source ->
                    "source %s clock offset %d us"
                        .formatted(source, clockOffsetsMicros.getOrDefault(source, 0L)));
    Stream<String> read =
        new TreeMap<>(formats)
            .entrySet().stream()
                .map(format -> "format " + format.getKey() + " version " + format.getValue());
    return new DefinitionText(
        Stream.of(own, inputs, selection, joins, totals, models, sources, read)
            .flatMap(lines -> lines)
            .collect(Collectors.joining("\n")));
  }

  /** By which operations the alias triggers, where they are not those of every update. */
  private static Optional<String> selection(CheckDefinition<?> check, String alias) {
    List<Operation> selected = selected(check.selection(), alias);
    return selected.equals(selected(Selection.EVERY_UPDATE, alias))
        ? Optional.empty()
        : Optional.of("selected of " + alias + ": " + selected);
  }

  private static List<Operation> selected(Selection selection, String alias) {
    return Stream.of(Operation.values())
        .filter(operation -> selection.triggers(alias, operation))
        .toList();
  }

  private static String strategy(ExecutionStrategy strategy) {
    return switch (strategy) {
      case ExecutionStrategy.Debounced(var ofTrigger, Duration quiet, Duration atMost) ->
          "%s, of bursts that are quiet for %s or last for %s"
              .formatted(ofTrigger(ofTrigger), quiet, atMost);
      case ExecutionStrategy.OfTrigger ofTrigger -> ofTrigger(ofTrigger);
    };
  }

  private static String ofTrigger(ExecutionStrategy.OfTrigger strategy) {
    return switch (strategy) {
      case ExecutionStrategy.WhenFresh whenFresh -> "when fresh, settle " + whenFresh.settle();
      case ExecutionStrategy.After after -> "after " + after.delay();
      case ExecutionStrategy.EventuallyWithin eventually ->
          "eventually within " + eventually.within();
      case ExecutionStrategy.Immediately() -> "immediately";
      case ExecutionStrategy.AtEach(var parts) ->
          parts.stream().map(DefinitionText::ofTrigger).collect(Collectors.joining("; and "));
      case ExecutionStrategy.Custom<?> custom ->
          "custom " + custom.name() + ", horizon " + custom.horizon();
    };
  }

  private static String join(ViewDefinition.Join join) {
    return "join %s: %s %s by %s %s %s"
        .formatted(
            join.alias(),
            join.many() ? "many" : "one",
            join.model(),
            join.by(),
            switch (join.direction()) {
              case MEMBER_TO_PARENT -> "to";
              case PARENT_TO_MEMBER -> "from";
            },
            join.parent());
  }

  private static String total(ViewDefinition.Total total) {
    return "total %s: %s%s"
        .formatted(
            total.alias(),
            total.definition().keptText(),
            total.definition().latestWindows().map(count -> ", the last " + count).orElse(""));
  }

  private static String model(ModelName name, Definitions definitions) {
    ModelDefinition model = definitions.model(name);
    String references =
        new TreeMap<>(model.references())
            .entrySet().stream()
                .map(
                    reference ->
                        ", %s -> %s by %s"
                            .formatted(
                                reference.getKey(),
                                reference.getValue().target(),
                                reference.getValue().columns()))
                .collect(Collectors.joining());
    return "model %s: table %s of %s, key %s%s"
        .formatted(name, model.table(), model.source(), model.key(), references);
  }

  public DefinitionHash hash() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return new DefinitionHash(HexFormat.of().formatHex(digest, 0, HASH_BYTES));
    } catch (NoSuchAlgorithmException missing) {
      throw new InvariantViolated("Every Java runtime has SHA-256", missing);
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
