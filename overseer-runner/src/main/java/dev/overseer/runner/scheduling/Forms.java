package dev.overseer.runner.scheduling;

import dev.overseer.model.EffectiveTime;
import dev.overseer.model.RecordKey;
import dev.overseer.runner.scheduling.AgendaItem.Discovery;
import dev.overseer.runner.scheduling.AgendaItem.Judge;
import dev.overseer.runner.scheduling.AgendaItem.Lull;
import dev.overseer.runner.scheduling.AgendaItem.Select;
import dev.overseer.runner.scheduling.AgendaItem.Sweep;
import dev.overseer.runner.scheduling.AgendaItem.Touch;
import dev.overseer.runner.scheduling.AgendaItem.Waiting;
import dev.overseer.runner.scheduling.AgendaItem.Why;
import dev.overseer.runner.scheduling.ItemBytes.Reader;
import dev.overseer.runner.scheduling.ItemBytes.Writer;
import java.util.Optional;

/**
 * How the agenda's items are kept: a key is its lane, a time, and what tells items apart. A form
 * belongs to its lane's one thread.
 */
final class Forms {
  private Forms() {}

  static byte[] timeKey(byte[] prefix, EffectiveTime time) {
    return new Writer().bytes(prefix).time(time).done();
  }

  private static byte[] rootKey(
      Writer keys, byte[] prefix, EffectiveTime at, RecordKey root, EffectiveTime trigger) {
    return keys.anew().bytes(prefix).time(at).record(root).time(trigger).done();
  }

  static Lane.Form<Select> selects(byte[] prefix) {
    Writer keys = new Writer();
    return new Lane.Form<>(
        item -> {
          keys.anew().bytes(prefix).time(item.at()).text(item.alias()).record(item.record());
          item.since().ifPresent(keys::time);
          return keys.done();
        },
        item -> new Writer().waiting(item.waiting(), item.triggers()).done(),
        (key, value) -> {
          Reader read = new Reader(key, prefix.length);
          Reader values = new Reader(value, 0);
          return new Select(
              read.time(),
              read.text(),
              read.record(),
              read.isAtEnd() ? Optional.empty() : Optional.of(read.time()),
              values.triggers(),
              values.waiting());
        },
        Select::merge);
  }

  static Lane.Form<Touch> touches(byte[] prefix) {
    Writer keys = new Writer();
    return new Lane.Form<>(
        item -> keys.anew().bytes(prefix).time(item.at()).record(item.root()).done(),
        item -> new Writer().waiting(item.waiting(), item.triggers()).done(),
        (key, value) -> {
          Reader read = new Reader(key, prefix.length);
          Reader values = new Reader(value, 0);
          return new Touch(read.time(), read.record(), values.triggers(), values.waiting());
        },
        Touch::merge);
  }

  static Lane.Form<Lull> lulls(byte[] prefix) {
    Writer keys = new Writer();
    return new Lane.Form<>(
        item -> rootKey(keys, prefix, item.at(), item.root(), item.trigger()),
        item -> new Writer().waiting(item.waiting(), item.counts()).done(),
        (key, value) -> {
          Reader read = new Reader(key, prefix.length);
          Reader values = new Reader(value, 0);
          EffectiveTime at = read.time();
          RecordKey root = read.record();
          boolean counts = values.triggers();
          return new Lull(at, root, read.time(), counts, values.waiting());
        },
        Lull::merge);
  }

  static Lane.Form<Sweep> sweeps(byte[] prefix) {
    return new Lane.Form<>(
        item ->
            new Writer().bytes(prefix).time(item.at()).text(item.alias()).time(item.since()).done(),
        item -> goneTo(item.after(), new Writer().waiting(item.waiting(), item.triggers())),
        (key, value) -> {
          Reader read = new Reader(key, prefix.length);
          Reader values = new Reader(value, 0);
          EffectiveTime at = read.time();
          String alias = read.text();
          boolean triggers = values.triggers();
          Waiting waiting = values.waiting();
          return new Sweep(at, alias, read.time(), goneTo(values), triggers, waiting);
        },
        Sweep::merge);
  }

  static Lane.Form<Discovery> discoveries(byte[] prefix) {
    return new Lane.Form<>(
        item -> timeKey(prefix, item.at()),
        item -> goneTo(item.after(), new Writer().waiting(item.waiting(), true)),
        (key, value) -> {
          EffectiveTime at = new Reader(key, prefix.length).time();
          Reader values = new Reader(value, 0);
          Waiting waiting = values.waiting();
          return new Discovery(at, goneTo(values), waiting);
        },
        Discovery::merge);
  }

  private static byte[] goneTo(Optional<RecordKey> after, Writer writer) {
    after.ifPresent(writer::record);
    return writer.done();
  }

  private static Optional<RecordKey> goneTo(Reader values) {
    return values.isAtEnd() ? Optional.empty() : Optional.of(values.record());
  }

  static Lane.Form<Judge> judgements(byte[] prefix, Why why) {
    Writer keys = new Writer();
    return new Lane.Form<>(
        item -> rootKey(keys, prefix, item.at(), item.root(), item.trigger()),
        item -> new Writer().waiting(item.waiting(), false).done(),
        (key, value) -> {
          Reader read = new Reader(key, prefix.length);
          EffectiveTime at = read.time();
          RecordKey root = read.record();
          return new Judge(at, root, read.time(), why, new Reader(value, 0).waiting());
        },
        Judge::merge);
  }

  /** The plans again, by their triggers. */
  static Lane.Form<Judge> byTrigger(byte[] prefix) {
    return new Lane.Form<>(
        item ->
            new Writer()
                .bytes(prefix)
                .time(item.trigger())
                .time(item.at())
                .record(item.root())
                .done(),
        item -> new Writer().waiting(item.waiting(), false).done(),
        (key, value) -> {
          Reader read = new Reader(key, prefix.length);
          EffectiveTime trigger = read.time();
          EffectiveTime at = read.time();
          return new Judge(at, read.record(), trigger, Why.PLAN, new Reader(value, 0).waiting());
        },
        Judge::merge);
  }
}
