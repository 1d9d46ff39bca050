package dev.overseer.server.reading;

import dev.overseer.model.AsOf;
import dev.overseer.model.Definitions;
import dev.overseer.model.LogRecord;
import dev.overseer.model.RecordKey;
import dev.overseer.model.ViewDefinition;
import dev.overseer.server.reading.ExplanationAnswer.CandidateReading;
import dev.overseer.server.reading.ExplanationAnswer.LinkReading;
import dev.overseer.server.reading.RecordReading.ColumnReading;
import dev.overseer.store.log.ReadableLog;
import dev.overseer.views.Link;
import dev.overseer.views.NonMember;
import dev.overseer.views.ToldView;
import dev.overseer.views.View;
import dev.overseer.views.ViewReader;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is asked of one view of one root.
 *
 * @param now on Overseer's own clock
 */
record OneView(
    ToldView told,
    Moment moment,
    ViewReader views,
    RecordTelling telling,
    TotalTelling totals,
    Instant now) {
  private static final int CANDIDATES_MAX = 100;

  /** Fails with {@link NotThere} when nothing is in it, nor ever was. */
  static OneView read(
      ViewDefinition definition,
      RecordKey root,
      Moment moment,
      ViewReader views,
      ReadableLog<LogRecord> log,
      Instant now) {
    ToldView told = views.toldAsOf(definition, root, moment.asOf());
    View view = told.view();
    boolean isEmpty =
        view.root().updates().isEmpty()
            && view.members().values().stream().allMatch(List::isEmpty)
            && view.totals().values().stream()
                .flatMap(List::stream)
                .allMatch(total -> total.updates().last(1).isEmpty());
    if (isEmpty && views.updatesAsOf(root, AsOf.latest()).isEmpty()) {
      throw new NotThere(
          "No update of %s was ever stored, nor of anything that refers to it in view '%s'. A key is compared as text, as the source writes it"
              .formatted(root, definition.name()));
    }
    UpdateTelling updates = new UpdateTelling(log);
    return new OneView(
        told,
        moment,
        views,
        new RecordTelling(views, updates, moment.asOf()),
        new TotalTelling(updates),
        now);
  }

  View view() {
    return told.view();
  }

  ViewAnswer answer() {
    Map<String, List<RecordReading>> members = new LinkedHashMap<>();
    view()
        .members()
        .forEach(
            (alias, joined) -> members.put(alias, joined.stream().map(telling::tell).toList()));
    Map<String, List<TotalAnswer>> come = new LinkedHashMap<>();
    view()
        .totals()
        .forEach(
            (alias, readings) -> come.put(alias, readings.stream().map(totals::tell).toList()));
    return new ViewAnswer(
        view().definition().name().value(),
        telling.tell(view().root()),
        members,
        told.untold(),
        come,
        moment.standing(now));
  }

  ExplanationAnswer explanation(Definitions definitions) {
    ViewAnswer answer = answer();
    List<NonMember> candidates = views.nonMembers(view(), CANDIDATES_MAX + 1);
    Map<String, RecordReading> records =
        Stream.concat(
                Stream.of(answer.root()), answer.members().values().stream().flatMap(List::stream))
            .collect(Collectors.toMap(RecordReading::record, Function.identity(), (a, _) -> a));
    return new ExplanationAnswer(
        answer,
        Link.of(view(), definitions).stream()
            .map(link -> tell(link, Optional.ofNullable(records.get(link.holder().toString()))))
            .toList(),
        candidates.stream().limit(CANDIDATES_MAX).map(OneView::tell).toList(),
        candidates.size() > CANDIDATES_MAX);
  }

  private static CandidateReading tell(NonMember candidate) {
    return new CandidateReading(
        candidate.alias(),
        candidate.record().toString(),
        candidate.parent().toString(),
        candidate.because().name().toLowerCase(Locale.ROOT).replace('_', '-'),
        candidate.detail());
  }

  private static LinkReading tell(Link link, Optional<RecordReading> holder) {
    Map<String, ColumnReading> columns = holder.map(RecordReading::columns).orElse(Map.of());
    return new LinkReading(
        link.alias(),
        link.member().toString(),
        link.parent().toString(),
        link.reference().value(),
        link.holder().toString(),
        link.columns(),
        link.columns().stream()
            .flatMap(column -> Optional.ofNullable(columns.get(column)).stream())
            .flatMap(column -> column.update().stream())
            .distinct()
            .toList());
  }
}
