package dev.overseer.formats;

import dev.overseer.formats.pgoutput.PgOutputAggregator;
import dev.overseer.formats.pgoutput.PgOutputDecoder;
import dev.overseer.formats.pgoutput.PgOutputSchemas;
import dev.overseer.model.ChangeDecoder;
import dev.overseer.model.CorruptStore;
import dev.overseer.model.RecordAggregator;
import dev.overseer.model.SchemaReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Every wire format that a log may hold, by the name that its schemas carry. A format, once stored,
 * is never removed from here. Immutable; safe for many threads.
 */
public final class Formats {

  /**
   * How to read one wire format's changes.
   *
   * @param name as {@link dev.overseer.model.LogRecord.Schema#format} has it
   */
  public record Format(
      String name, ChangeDecoder decoder, RecordAggregator aggregator, SchemaReader schemas) {}

  public static final String PGOUTPUT = "pgoutput";

  private final Map<String, Format> formats = new LinkedHashMap<>();

  public Formats(List<Format> formats) {
    formats.forEach(format -> this.formats.put(format.name(), format));
  }

  /** Those that come with Overseer, where no subject was ever erased. */
  public static Formats standard() {
    return standard(_ -> false);
  }

  /**
   * Those that come with Overseer.
   *
   * @param isErased whether a token of an encrypted column is of a subject that was erased
   */
  public static Formats standard(Predicate<String> isErased) {
    return new Formats(
        List.of(
            new Format(
                PGOUTPUT,
                new PgOutputDecoder(),
                new PgOutputAggregator(isErased),
                new PgOutputSchemas())));
  }

  /** Fails with {@link CorruptStore} when there is none: the log was written by a later version. */
  public ChangeDecoder decoder(String format) {
    return get(format).decoder();
  }

  /** Fails with {@link CorruptStore} when there is none: the log was written by a later version. */
  public RecordAggregator aggregator(String format) {
    return get(format).aggregator();
  }

  /** Fails with {@link CorruptStore} when there is none: the log was written by a later version. */
  public SchemaReader schemas(String format) {
    return get(format).schemas();
  }

  private Format get(String name) {
    Format format = formats.get(name);
    if (format == null) {
      throw new CorruptStore(
          "The log holds changes of format '%s', and this version reads only %s: was it written by"
                  .formatted(name, formats.keySet())
              + " a later version of Overseer?");
    }
    return format;
  }
}
