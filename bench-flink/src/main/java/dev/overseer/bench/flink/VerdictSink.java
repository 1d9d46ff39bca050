package dev.overseer.bench.flink;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** Writes verdicts, a file for each of the sink's tasks. */
final class VerdictSink implements Sink<Verdict> {
  private static final long serialVersionUID = 1;

  private final String directory;

  VerdictSink(Path directory) {
    this.directory = directory.toString();
  }

  @Override
  public SinkWriter<Verdict> createWriter(WriterInitContext context) throws IOException {
    int task = context.getTaskInfo().getIndexOfThisSubtask();
    return new Writer(Path.of(directory, "verdicts-" + task));
  }

  private static final class Writer implements SinkWriter<Verdict> {
    private final OutputStream out;
    private final ByteBuffer buffer = ByteBuffer.allocate(Verdict.BYTES);

    Writer(Path file) throws IOException {
      this.out = new BufferedOutputStream(Files.newOutputStream(file));
    }

    @Override
    public void write(Verdict verdict, Context context) throws IOException {
      verdict.write(buffer.clear());
      out.write(buffer.array());
    }

    @Override
    public void flush(boolean endOfInput) throws IOException {
      out.flush();
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
