package dev.overseer.runner.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.overseer.model.AsOf;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.ModelName;
import dev.overseer.model.RecordKey;
import dev.overseer.model.RecordState;
import dev.overseer.model.SourceName;
import dev.overseer.model.ViewDefinition;
import dev.overseer.runner.SmallExchange;
import dev.overseer.views.UnknownValue;
import dev.overseer.views.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What is told of a log from which changes were deleted, beside one from which none were. */
record Tellings(long seed, RetainedLog retained, RetainedLog untouched) {

  /** At every time from the horizons on at which anything may have changed. */
  void requireSame() {
    EffectiveTime horizon = latestHorizon();
    Stream.of(horizon.previous(), horizon, new EffectiveTime(Substream.END))
        .forEach(this::requireSame);
    for (int i = 0; i < 25; i++) {
      long cut = Substream.START + i * 1_700_000L;
      if (cut >= horizon.micros()) {
        requireSame(new EffectiveTime(cut));
      } else if (cut < horizon.micros() - 1 && horizon.isAfter(EffectiveTime.MIN)) {
        requireRefused(new EffectiveTime(cut));
      }
    }
  }

  EffectiveTime latestHorizon() {
    return retained.horizons().values().stream().reduce(EffectiveTime.MIN, EffectiveTime::max);
  }

  private void requireSame(EffectiveTime cut) {
    for (RecordKey record : records()) {
      assertThat(retained.views.stateAsOf(record, AsOf.at(cut)))
          .as("seed %d, %s at %s", seed, record, cut)
          .isEqualTo(untouched.views.stateAsOf(record, AsOf.at(cut)));
    }
    for (ViewDefinition view : SmallExchange.DEFINITIONS.views()) {
      for (RecordKey root : records(view.root())) {
        assertThat(told(retained, view, root, cut))
            .as("seed %d, view %s of %s at %s", seed, view.name(), root, cut)
            .isEqualTo(told(untouched, view, root, cut));
      }
    }
  }

  private void requireRefused(EffectiveTime cut) {
    for (ViewDefinition view : SmallExchange.DEFINITIONS.views()) {
      if (SmallExchange.DEFINITIONS.sourcesOf(view).stream().anyMatch(it -> isGone(it, cut))) {
        RecordKey root = records(view.root()).getFirst();
        assertThatThrownBy(() -> told(retained, view, root, cut))
            .isInstanceOf(UnknownValue.class)
            .hasMessageContaining("is told from");
      }
    }
  }

  /** Whether something of the source was deleted that might have been told at the cut. */
  private boolean isGone(SourceName source, EffectiveTime cut) {
    EffectiveTime horizon = retained.horizons().getOrDefault(source, EffectiveTime.MIN);
    return horizon.isAfter(EffectiveTime.MIN) && cut.isBefore(horizon.previous());
  }

  /** Members and their states; the updates that they come from may be fewer. */
  private static Map<String, List<Map.Entry<RecordKey, RecordState>>> told(
      RetainedLog log, ViewDefinition definition, RecordKey root, EffectiveTime cut) {
    View view = log.views.viewAsOf(definition, root, AsOf.at(cut));
    Map<String, List<Map.Entry<RecordKey, RecordState>>> told = new TreeMap<>();
    told.put("", List.of(Map.entry(view.root().key(), view.root().state())));
    view.members()
        .forEach(
            (alias, members) ->
                told.put(
                    alias, members.stream().map(it -> Map.entry(it.key(), it.state())).toList()));
    return told;
  }

  private static List<RecordKey> records(ModelName model) {
    List<RecordKey> records = new ArrayList<>();
    for (int key = 1; key <= SimulatedWorld.KEYS_MAX; key++) {
      records.add(RecordKey.of(model, Integer.toString(key)));
    }
    return records;
  }

  private static List<RecordKey> records() {
    return SmallExchange.DEFINITIONS.models().stream()
        .flatMap(model -> records(model.name()).stream())
        .toList();
  }
}
