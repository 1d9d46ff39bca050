package dev.overseer.server.transcript;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.overseer.model.LogOffset;
import dev.overseer.server.transcript.TranscriptLine.Blank;
import dev.overseer.server.transcript.TranscriptLine.Header;
import dev.overseer.server.transcript.TranscriptLine.Trailer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;

/**
 * Writes a transcript. It is not whole until {@link #end}; closing the writer, of UTF-8, is the
 * caller's.
 */
public final class TranscriptWriter {
  private final Writer out;
  private final LinesDigest digest = new LinesDigest();
  private final boolean beginning;
  private long records;

  public TranscriptWriter(Writer out, Header header) {
    this.out = out;
    this.beginning = header.beginning();
    write(TranscriptLine.text(header));
  }

  /** Where nothing is left out, an offset that is passed over is a record without content. */
  public void add(ToldRecord told) {
    while (beginning && records < told.offset().value()) {
      write(TranscriptLine.text(new Blank(new LogOffset(records++))));
    }
    write(TranscriptLine.text(told));
    records++;
  }

  /** Writes what a reader knows it by that nothing is missing; gives the number of records. */
  public long end() {
    write(TranscriptLine.text(new Trailer(records, digest.hex())));
    return records;
  }

  private void write(String line) {
    digest.add(line.getBytes(UTF_8));
    try {
      out.write(line);
      out.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException("The transcript cannot be written: " + e.getMessage(), e);
    }
  }
}
