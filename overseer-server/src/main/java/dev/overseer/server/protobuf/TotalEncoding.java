package dev.overseer.server.protobuf;

import dev.overseer.model.TimeWindow;
import dev.overseer.server.protobuf.envelope.Total;
import dev.overseer.server.protobuf.envelope.TotalPart;
import dev.overseer.views.TotalReading;
import java.util.List;
import java.util.stream.Stream;

/** Totals as protobuf; one that cannot be told is left out, and a note says so. */
final class TotalEncoding {
  private TotalEncoding() {}

  static List<Total> encode(List<TotalReading> readings) {
    return readings.stream()
        .flatMap(
            reading ->
                switch (reading.state()) {
                  case TotalReading.State.Known(dev.overseer.checks.Total total) ->
                      Stream.of(encode(total));
                  case TotalReading.State.Untold _ -> Stream.of();
                })
        .toList();
  }

  private static Total encode(dev.overseer.checks.Total total) {
    Total.Builder encoded = Total.newBuilder();
    total
        .window()
        .ifPresent(
            (TimeWindow window) ->
                encoded
                    .setFrom(FieldType.timestamp(window.from()))
                    .setUntil(FieldType.timestamp(window.until())));
    total
        .parts()
        .forEach(
            (name, part) ->
                encoded.addParts(
                    TotalPart.newBuilder()
                        .setName(name)
                        .setSum(part.sum().toPlainString())
                        .setCount(part.count())));
    return encoded.build();
  }
}
