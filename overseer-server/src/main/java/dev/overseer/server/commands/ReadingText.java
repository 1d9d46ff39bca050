package dev.overseer.server.commands;

import dev.overseer.server.json.Json;
import dev.overseer.server.reading.ExplanationAnswer;
import dev.overseer.server.reading.ExplanationAnswer.LinkReading;
import dev.overseer.server.reading.RecordAnswer;
import dev.overseer.server.reading.RecordReading;
import dev.overseer.server.reading.RecordReading.ColumnReading;
import dev.overseer.server.reading.Standing;
import dev.overseer.server.reading.Standing.PositionStanding;
import dev.overseer.server.reading.Standing.SourceStanding;
import dev.overseer.server.reading.TotalAnswer;
import dev.overseer.server.reading.UpdateReading;
import dev.overseer.server.reading.ViewAnswer;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Records and views for people. */
final class ReadingText {
  private ReadingText() {}

  static String of(RecordAnswer answer) {
    return record("", answer.record()) + updates(answer.record()) + "\n" + of(answer.standing());
  }

  static String of(ViewAnswer answer) {
    StringBuilder text = new StringBuilder("view %s%n%n".formatted(answer.view()));
    text.append(record("root ", answer.root()));
    answer
        .members()
        .forEach(
            (alias, members) -> {
              if (members.isEmpty() && !answer.unknown().containsKey(alias)) {
                text.append("%n%s: none%n".formatted(alias));
              }
              members.forEach(member -> text.append('\n').append(record(alias + " ", member)));
            });
    return text.append(unknown(answer))
        .append(totals(answer))
        .append('\n')
        .append(of(answer.standing()))
        .toString();
  }

  private static String unknown(ViewAnswer answer) {
    return answer.unknown().entrySet().stream()
        .map(alias -> "%n%s: unknown: %s%n".formatted(alias.getKey(), alias.getValue()))
        .collect(Collectors.joining());
  }

  static String of(ExplanationAnswer answer) {
    ViewAnswer view = answer.reading();
    StringBuilder text = new StringBuilder("view %s%n%n".formatted(view.view()));
    text.append(record("root ", view.root())).append(updates(view.root()));
    view.members()
        .forEach(
            (alias, members) ->
                members.forEach(
                    member ->
                        text.append('\n')
                            .append(record(alias + " ", member))
                            .append(links(alias, member, answer.links()))
                            .append(updates(member))));
    return text.append(unknown(view))
        .append(totals(view))
        .append(changing(view))
        .append(candidates(answer))
        .append('\n')
        .append(of(view.standing()))
        .toString();
  }

  private static String candidates(ExplanationAnswer answer) {
    if (answer.candidates().isEmpty()) {
      return "";
    }
    Table table = new Table("NOT A MEMBER", "ALIAS", "BECAUSE", "DETAIL");
    answer
        .candidates()
        .forEach(it -> table.row(it.record(), it.alias(), it.because(), it.detail()));
    return "%n%s%s"
        .formatted(table, answer.moreCandidates() ? "There are more.%n".formatted() : "");
  }

  private static String totals(ViewAnswer view) {
    if (view.totals().isEmpty()) {
      return "";
    }
    Table table = new Table("TOTAL", "FROM", "UNTIL", "OF", "SUM", "COUNT");
    view.totals()
        .forEach(
            (alias, totals) ->
                totals.forEach(
                    total -> {
                      if (total.parts().isEmpty()) {
                        String instead = total.unknown().map(_ -> "unknown").orElse("0");
                        table.row(alias, from(total), until(total), "-", instead, instead);
                      }
                      total
                          .parts()
                          .forEach(
                              part ->
                                  table.row(
                                      alias,
                                      from(total),
                                      until(total),
                                      part.name().isEmpty() ? "-" : part.name(),
                                      part.sum(),
                                      part.count()));
                    }));
    return "%n%s%s".formatted(table, untold(view));
  }

  private static String untold(ViewAnswer view) {
    return view.totals().values().stream()
        .flatMap(List::stream)
        .flatMap(total -> total.unknown().stream())
        .distinct()
        .map("%s.%n"::formatted)
        .collect(Collectors.joining());
  }

  private static String from(TotalAnswer total) {
    return total.from().map(String::valueOf).orElse("-");
  }

  private static String until(TotalAnswer total) {
    return total.until().map(String::valueOf).orElse("-");
  }

  /** By what totals were changed last. */
  private static String changing(ViewAnswer view) {
    Table table = new Table("TOTAL", "FROM", "RECORD", "UPDATE", "OPERATION", "EFFECTIVE");
    view.totals()
        .forEach(
            (alias, totals) ->
                totals.forEach(
                    total ->
                        total
                            .updates()
                            .forEach(
                                it ->
                                    table.row(
                                        alias,
                                        from(total),
                                        it.record(),
                                        it.update().offset(),
                                        it.update().operation(),
                                        it.update().effectiveTime()))));
    return view.totals().isEmpty() ? "" : "%n%s".formatted(table);
  }

  private static String links(String alias, RecordReading member, List<LinkReading> links) {
    return links.stream()
        .filter(link -> link.alias().equals(alias) && link.member().equals(member.record()))
        .map(
            link ->
                "because %s refers to %s as its '%s', by %s of update %s%n"
                    .formatted(
                        link.holder(),
                        link.holder().equals(link.member()) ? link.parent() : link.member(),
                        link.reference(),
                        String.join(", ", link.columns()),
                        link.updates().stream()
                            .map(String::valueOf)
                            .collect(Collectors.joining(", "))))
        .collect(Collectors.joining());
  }

  private static String record(String alias, RecordReading record) {
    String head =
        "%s%s is %s%s%n"
            .formatted(
                alias,
                record.record(),
                record.state(),
                record.reason().map(": "::concat).orElse(""));
    return record.columns().isEmpty() ? head : head + columns(record.columns());
  }

  private static String columns(Map<String, ColumnReading> columns) {
    Table table = new Table("COLUMN", "VALUE", "STATUS", "UPDATE");
    columns.forEach(
        (name, column) ->
            table.row(
                name,
                value(column.value()),
                column.treated().map(how -> column.status() + ", " + how).orElse(column.status()),
                column.update().map(String::valueOf).orElse("-")));
    return table.toString();
  }

  private static String updates(RecordReading record) {
    if (record.updates().isEmpty()) {
      return "";
    }
    Table table = new Table("UPDATE", "OPERATION", "EFFECTIVE", "KNOWN AT", "ID");
    for (UpdateReading update : record.updates()) {
      table.row(
          update.offset(), update.operation(), update.effectiveTime(), update.known(), update.id());
    }
    return table.toString();
  }

  static String of(Standing standing) {
    StringBuilder text =
        new StringBuilder(
            "As of %s, known at offset %d.%n"
                .formatted(
                    standing.asOf().map(String::valueOf).orElse("the latest"), standing.knownAt()));
    standing.position().ifPresent(position -> text.append(of(position)));
    for (SourceStanding source : standing.sources()) {
      text.append(
          "Source '%s' was heard up to %s, at %s.%n"
              .formatted(
                  source.source(),
                  source.watermark().map(String::valueOf).orElse("no time"),
                  source.position().orElse("no position")));
    }
    standing.provisional().forEach(why -> text.append("Provisional: %s.%n".formatted(why)));
    if (standing.provisional().isEmpty()) {
      text.append("Final: nothing can change it any more.%n".formatted());
    }
    return text.toString();
  }

  private static String of(PositionStanding position) {
    String through =
        position
            .through()
            .map(
                last ->
                    "Later ones up to %s have the same effective time, and are in it too.%n"
                        .formatted(last))
            .orElse("");
    return "That is the time of %s, the last transaction of source '%s' at or before %s.%n%s"
        .formatted(position.transaction(), position.source(), position.position(), through);
  }

  /** As JSON has it, but for text, which stands for itself. */
  static String value(@Nullable Object value) {
    if (value == null) {
      return "null";
    }
    return value instanceof String text ? text : Json.write(value);
  }
}
