package dev.overseer.server;

import dev.overseer.checks.CheckDefinition;
import dev.overseer.checks.Escalation;
import dev.overseer.checks.ExecutionStrategy;
import dev.overseer.checks.Translation;
import dev.overseer.model.CheckName;
import dev.overseer.model.Definitions;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.ViewDefinition;
import dev.overseer.server.canary.CanaryDefinitions;
import dev.overseer.server.configuration.CheckSettings;
import dev.overseer.server.configuration.Configuration;
import dev.overseer.server.configuration.EscalationSettings;
import dev.overseer.server.loading.LoadedChecks;
import dev.overseer.views.binding.ViewBindings;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Whether the checks that were found fit the configuration: every mismatch at once. */
final class CheckFitting {
  private final Definitions definitions;
  private final Set<String> channels;
  private final List<String> problems;

  /**
   * @throws InvalidRequest with all that is wrong about the checks, and about their fit
   */
  static void require(LoadedChecks checks, Configuration configuration) {
    CheckFitting fitting = new CheckFitting(configuration, checks.problems());
    checks.definitions().forEach(fitting::fit);
    fitting.fitModes(configuration.checks(), checks.names());
    fitting.fitNames("checks.starts", configuration.checks().starts().keySet(), checks.names());
    fitting.fitNames(
        "checks.sweeps", configuration.checks().sweeps().policies().keySet(), checks.names());
    if (!fitting.problems.isEmpty()) {
      throw new InvalidRequest(
          fitting.problems.stream()
              .map(problem -> "\n- " + problem)
              .collect(Collectors.joining("", "The checks are not right:", "")));
    }
  }

  private CheckFitting(Configuration configuration, List<String> problems) {
    this.definitions = configuration.definitions();
    this.channels = new TreeSet<>(configuration.escalation().webhooks().keySet());
    this.channels.add(EscalationSettings.LOG);
    this.problems = new ArrayList<>(problems);
  }

  private void fit(CheckDefinition<?> check) {
    if (check.name().equals(CanaryDefinitions.CHECK)) {
      problem(check, "this is the name of Overseer's own canary: give it another");
    }
    fitChannels(check);
    Optional<ViewDefinition> view =
        definitions.views().stream().filter(it -> it.name().equals(check.view())).findFirst();
    if (view.isEmpty()) {
      problem(
          check,
          "there is no view '%s'; there are %s"
              .formatted(
                  check.view(), definitions.views().stream().map(ViewDefinition::name).toList()));
      return;
    }
    fitAliases(check, view.get());
    for (Class<?> type : boundTypes(check)) {
      ViewBindings.mismatches(type, view.get(), definitions)
          .forEach(
              it ->
                  problem(
                      check,
                      "%s does not fit view '%s': %s"
                          .formatted(type.getSimpleName(), check.view(), it)));
    }
  }

  private void fitModes(CheckSettings settings, Set<CheckName> names) {
    List<String> known = names.stream().map(CheckName::value).sorted().toList();
    settings
        .modes()
        .forEach(
            (name, mode) -> {
              if (!known.contains(name)) {
                problems.add(
                    "checks.modes, %s: %s"
                        .formatted(mode.place(), CheckSteering.unknown(name, known).getMessage()));
              }
            });
  }

  private void fitNames(String field, Set<CheckName> named, Set<CheckName> names) {
    named.stream()
        .filter(name -> !names.contains(name))
        .sorted()
        .forEach(
            name ->
                problems.add(
                    "%s names '%s', and there is no such check; there are %s"
                        .formatted(field, name, names.stream().sorted().toList())));
  }

  private void fitChannels(CheckDefinition<?> check) {
    if (check.escalation() instanceof Escalation.To(List<String> named)) {
      named.stream()
          .filter(channel -> !channels.contains(channel))
          .forEach(
              channel ->
                  problem(
                      check,
                      "there is no channel '%s'; there are %s".formatted(channel, channels)));
    }
  }

  private void fitAliases(CheckDefinition<?> check, ViewDefinition view) {
    Set<String> aliases = new LinkedHashSet<>(view.aliases());
    check.triggeringAliases().stream()
        .filter(alias -> !aliases.contains(alias))
        .forEach(
            alias ->
                problem(
                    check,
                    "it is triggered by '%s', which view '%s' does not have; it has %s"
                        .formatted(alias, view.name(), aliases)));
  }

  /** The types that are made of its view. */
  static List<Class<?>> boundTypes(CheckDefinition<?> check) {
    List<Class<?>> types = new ArrayList<>();
    switch (check.translation()) {
      case Translation.Bound<?> bound -> types.add(bound.type());
      case Translation.Mapped<?, ?> mapped -> types.add(mapped.bound());
    }
    if (check.strategy().ofTrigger() instanceof ExecutionStrategy.Custom<?> custom) {
      types.add(custom.viewType());
    }
    return types.stream().distinct().toList();
  }

  private void problem(CheckDefinition<?> check, String what) {
    problems.add("The check '%s': %s".formatted(check.name(), what));
  }
}
