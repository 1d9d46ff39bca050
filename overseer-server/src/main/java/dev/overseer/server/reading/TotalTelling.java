package dev.overseer.server.reading;

import dev.overseer.checks.Total;
import dev.overseer.model.TimeWindow;
import dev.overseer.server.reading.TotalAnswer.Changing;
import dev.overseer.server.reading.TotalAnswer.Part;
import dev.overseer.views.TotalReading;
import java.util.List;
import java.util.Optional;

/** Tells totals. For one reading. */
record TotalTelling(UpdateTelling updates) {
  private static final int UPDATES_MAX = 10;

  TotalAnswer tell(TotalReading reading) {
    List<Changing> changing =
        reading.updates().last(UPDATES_MAX).stream()
            .map(it -> new Changing(it.record().toString(), updates.tell(it.update())))
            .toList();
    return switch (reading.state()) {
      case TotalReading.State.Known(Total total) ->
          answer(reading, parts(total), Optional.empty(), changing);
      case TotalReading.State.Untold(String why) ->
          answer(reading, List.of(), Optional.of(why), changing);
    };
  }

  private static TotalAnswer answer(
      TotalReading reading, List<Part> parts, Optional<String> unknown, List<Changing> changing) {
    return new TotalAnswer(
        reading.window().map(TimeWindow::from),
        reading.window().map(TimeWindow::until),
        parts,
        unknown,
        changing);
  }

  private static List<Part> parts(Total total) {
    return total.parts().entrySet().stream()
        .map(
            part ->
                new Part(
                    part.getKey(), part.getValue().sum().toPlainString(), part.getValue().count()))
        .toList();
  }
}
