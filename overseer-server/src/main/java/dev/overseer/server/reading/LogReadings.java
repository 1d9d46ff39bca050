package dev.overseer.server.reading;

import dev.overseer.formats.Formats;
import dev.overseer.model.Definitions;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.LogRecord;
import dev.overseer.model.ModelDefinition;
import dev.overseer.model.ModelName;
import dev.overseer.model.Unavailable;
import dev.overseer.model.ViewDefinition;
import dev.overseer.model.ViewName;
import dev.overseer.server.protobuf.OwnType;
import dev.overseer.server.protobuf.OwnTypes;
import dev.overseer.server.protobuf.ViewEncoding;
import dev.overseer.store.index.UpdateIndex;
import dev.overseer.store.log.ReadableLog;
import dev.overseer.views.StoredViews;
import dev.overseer.views.UnknownValue;
import dev.overseer.views.ViewLimits;
import dev.overseer.views.ViewTooLarge;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Readings of the update log, found through its index. A few at a time, and none takes more than a
 * {@link BoundedLog} gives, so that whoever reads cannot hold up what is judged.
 */
public final class LogReadings implements Readings {
  private static final int AT_ONCE_MAX = 4;
  private static final long TURN_SECONDS_MAX = 5;

  private final UpdateIndex index;
  private final ReadableLog<LogRecord> log;
  private final Definitions definitions;
  private final Formats formats;
  private final ViewLimits limits;
  private final OwnTypes messages;
  private final Supplier<Optional<String>> unfinished;
  private final InstantSource clock;
  private final Asked asked;
  private final Semaphore turns = new Semaphore(AT_ONCE_MAX, true);

  /**
   * @param unfinished why the index cannot be read yet, for people; empty when it can
   */
  public LogReadings(
      UpdateIndex index,
      ReadableLog<LogRecord> log,
      Definitions definitions,
      Formats formats,
      ViewLimits limits,
      OwnTypes messages,
      Supplier<Optional<String>> unfinished,
      InstantSource clock) {
    this.index = index;
    this.log = log;
    this.definitions = definitions;
    this.formats = formats;
    this.limits = limits;
    this.messages = messages;
    this.unfinished = unfinished;
    this.clock = clock;
    this.asked = new Asked(definitions);
  }

  @Override
  public RecordAnswer record(Question question) {
    return inTurn(() -> oneRecord(question).answer());
  }

  @Override
  public HistoryAnswer history(Question question, Range range) {
    return inTurn(() -> oneRecord(question).history(range));
  }

  @Override
  public RawAnswer raw(Question question, Range range) {
    return inTurn(() -> oneRecord(question).raw(range));
  }

  @Override
  public ViewAnswer view(Question question) {
    return inTurn(() -> oneView(asked.view(question), question).answer());
  }

  @Override
  public ExplanationAnswer explain(Question question) {
    return inTurn(() -> oneView(asked.view(question), question).explanation(definitions));
  }

  private OneRecord oneRecord(Question question) {
    ModelDefinition model = asked.model(question);
    BoundedLog bounded = new BoundedLog(log, clock);
    Moment moment = Moment.of(question, List.of(model), index, bounded);
    return OneRecord.find(
        asked.key(question, model), model, moment, views(bounded), bounded, clock.instant());
  }

  @Override
  public byte[] message(What what, Question question) {
    return inTurn(() -> encodedView(what, question).message(own(what, question.name())));
  }

  @Override
  public byte[] descriptors(What what, Question question) {
    return inTurn(
        () -> {
          EncodedView encoded = encodedView(what, question);
          return own(what, question.name())
              .map(OwnType::descriptors)
              .orElseGet(encoded::descriptors);
        });
  }

  @Override
  public byte[] descriptors(What what, String name) {
    return inTurn(
        () -> {
          ViewDefinition view = definition(what, Question.latest(name, ""));
          Optional<OwnType> own = own(what, name);
          if (own.isPresent()) {
            return own.get().descriptors();
          }
          SchemaColumns columns =
              new SchemaColumns(new BoundedLog(log, clock), formats, index.progress());
          return new ViewEncoding(view, columns.all(models(view), List.of())).descriptors();
        });
  }

  private Optional<OwnType> own(What what, String name) {
    return Optional.ofNullable(
        switch (what) {
          case VIEW -> messages.views().get(new ViewName(name));
          case RECORD -> messages.records().get(new ModelName(name));
        });
  }

  private EncodedView encodedView(What what, Question question) {
    return new EncodedView(
        oneView(definition(what, question), question),
        new SchemaColumns(new BoundedLog(log, clock), formats, index.progress()));
  }

  /** A record is a view without joins. */
  private ViewDefinition definition(What what, Question question) {
    return switch (what) {
      case VIEW -> asked.view(question);
      case RECORD -> {
        ModelDefinition model = asked.model(question);
        yield new ViewDefinition(new ViewName(model.name().value()), model.name(), true, List.of());
      }
    };
  }

  private OneView oneView(ViewDefinition view, Question question) {
    BoundedLog bounded = new BoundedLog(log, clock);
    Moment moment = Moment.of(question, models(view), index, bounded);
    return OneView.read(
        view,
        asked.key(question, definitions.model(view.root())),
        moment,
        views(bounded),
        bounded,
        clock.instant());
  }

  private List<ModelDefinition> models(ViewDefinition view) {
    return view.models().stream().map(definitions::model).toList();
  }

  private StoredViews views(BoundedLog bounded) {
    return new StoredViews(index, bounded, definitions, formats, limits);
  }

  private <T> T inTurn(Supplier<T> reading) {
    unfinished
        .get()
        .ifPresent(
            why -> {
              throw new Unavailable("Nothing can be read yet: " + why);
            });
    takeTurn();
    try {
      return reading.get();
    } catch (ViewTooLarge tooLarge) {
      throw new InvalidRequest(String.valueOf(tooLarge.getMessage()), tooLarge);
    } catch (UnknownValue unknown) {
      throw new InvalidRequest(String.valueOf(unknown.getMessage()), unknown);
    } finally {
      turns.release();
    }
  }

  private void takeTurn() {
    try {
      if (!turns.tryAcquire(TURN_SECONDS_MAX, TimeUnit.SECONDS)) {
        throw new Unavailable("Too many are reading at once: try again");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unavailable("Interrupted while others were reading", e);
    }
  }
}
