package dev.overseer.views.binding;

import dev.overseer.checks.Total;
import dev.overseer.model.Value;
import dev.overseer.views.TotalReading;
import dev.overseer.views.View;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A field that is bound to a total: a {@link Total}, or whatever can be made of a document with the
 * fields {@code from}, {@code until} and {@code parts}, each with a {@code name}, a {@code sum} and
 * a {@code count}.
 *
 * @param making makes the field's value of one total for each window
 */
record TotalField(String alias, Function<List<Total>, Object> making) implements ViewField {

  static TotalField of(String alias, boolean many, Scalar scalar) {
    return new TotalField(
        alias, totals -> scalar.conversion().convert(many ? items(totals) : only(totals)));
  }

  static TotalField ofTotals(String alias, boolean many) {
    return new TotalField(alias, totals -> many ? totals : totals.getFirst());
  }

  @Override
  public Object read(View view) {
    return making.apply(
        view.totals().getOrDefault(alias, List.of()).stream().map(TotalReading::get).toList());
  }

  private static Value items(List<Total> totals) {
    return new Value.Items(totals.stream().map(TotalField::document).toList());
  }

  private static Value only(List<Total> totals) {
    return document(totals.getFirst());
  }

  private static Value document(Total total) {
    Map<String, Value> fields = new LinkedHashMap<>();
    fields.put("from", time(total.window().map(window -> new Value.Time(window.from()))));
    fields.put("until", time(total.window().map(window -> new Value.Time(window.until()))));
    fields.put(
        "parts",
        new Value.Items(
            total.parts().entrySet().stream()
                .map(part -> part(part.getKey(), part.getValue()))
                .toList()));
    return new Value.Document(fields);
  }

  private static Value time(Optional<Value.Time> time) {
    return time.<Value>map(known -> known).orElse(Value.NULL);
  }

  private static Value part(String name, Total.Part part) {
    return new Value.Document(
        Map.of(
            "name", new Value.Text(name),
            "sum", new Value.Number(part.sum()),
            "count", new Value.Number(BigDecimal.valueOf(part.count()))));
  }
}
