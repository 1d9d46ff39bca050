package dev.overseer.server.transcript;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.overseer.model.InvalidRequest;
import dev.overseer.model.LogOffset;
import dev.overseer.server.transcript.TranscriptLine.Blank;
import dev.overseer.server.transcript.TranscriptLine.Entry;
import dev.overseer.server.transcript.TranscriptLine.Header;
import dev.overseer.server.transcript.TranscriptLine.Trailer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a transcript of a log's beginning, and finds what is wrong with it. */
final class TranscriptReader {
  private static final int MISTAKES_MAX = 20;

  private final LineReading lines;
  private final LinesDigest digest = new LinesDigest();
  private final List<String> mistakes = new ArrayList<>();
  private long records;
  private @Nullable Trailer trailer;

  /** Hears of a log's records, in their order. */
  interface Records {
    void entry(Entry entry);

    /** One without content. */
    void blank();
  }

  TranscriptReader(InputStream in) {
    this.lines = new LineReading(new BufferedInputStream(in, 1 << 16));
  }

  /** Fails with {@link InvalidRequest} when the first line is not one that a log can begin with. */
  Header header() {
    byte[] line = next();
    if (line == null) {
      throw new InvalidRequest("There is nothing in it");
    }
    digest.add(line);
    if (!(parse(line) instanceof Header header)) {
      throw new InvalidRequest("Line 1 does not say that this is a log's transcript");
    }
    if (!header.beginning()) {
      throw new InvalidRequest(
          "It was made with filters: only a log's transcript from its beginning gives a log");
    }
    return header;
  }

  /**
   * Reads the rest. After the first mistake no more records are told, only further mistakes found.
   *
   * @param into hears of those with content and those without, in order
   * @return how many there are
   * @throws InvalidRequest with all mistakes, up to {@value #MISTAKES_MAX}
   */
  long read(Records into) {
    for (byte[] line = next(); line != null && mistakes.size() < MISTAKES_MAX; line = next()) {
      try {
        take(line, into);
      } catch (InvalidRequest e) {
        mistake(String.valueOf(e.getMessage()));
      }
    }
    if (mistakes.size() < MISTAKES_MAX && trailer == null) {
      mistakes.add(
          "After line %d the last line is missing: the transcript was cut off"
              .formatted(lines.number()));
    }
    if (!mistakes.isEmpty()) {
      throw new InvalidRequest(String.join("\n", mistakes));
    }
    return records;
  }

  /** A line that cannot be read counts as a record: that of the lines after it is then right. */
  private void take(byte[] line, Records into) {
    if (trailer != null) {
      throw new InvalidRequest("nothing may follow the last line");
    }
    TranscriptLine parsed;
    try {
      parsed = parse(line);
    } catch (InvalidRequest e) {
      records++;
      throw e;
    }
    switch (parsed) {
      case Header _ -> throw new InvalidRequest("a second beginning");
      case Entry entry -> {
        digest.add(line);
        if (isNext(entry.offset())) {
          into.entry(entry);
        }
      }
      case Blank blank -> {
        digest.add(line);
        if (isNext(blank.offset())) {
          into.blank();
        }
      }
      case Trailer end -> {
        trailer = end;
        check(end);
      }
    }
  }

  /** Whether it is to be told. */
  private boolean isNext(LogOffset offset) {
    long expected = records++;
    if (offset.value() != expected) {
      records = offset.value() + 1;
      throw new InvalidRequest("offset %s, where %d comes next".formatted(offset, expected));
    }
    return mistakes.isEmpty();
  }

  /** With a mistake before it nothing can be said of it. */
  private void check(Trailer end) {
    if (!mistakes.isEmpty()) {
      return;
    }
    if (end.records() != records) {
      throw new InvalidRequest(
          "%d records before it, where there should be %d".formatted(records, end.records()));
    }
    if (!digest.hex().equals(end.sha256())) {
      throw new InvalidRequest("the lines before it are not those that were written: SHA-256");
    }
  }

  private static TranscriptLine parse(byte[] line) {
    return TranscriptLine.parse(new String(line, UTF_8));
  }

  private byte @Nullable [] next() {
    try {
      return lines.next();
    } catch (IOException e) {
      throw new UncheckedIOException("It cannot be read: " + e.getMessage(), e);
    }
  }

  private void mistake(String what) {
    mistakes.add("Line %d: %s".formatted(lines.number(), what));
  }
}
