package dev.overseer.server.parquet;

import dev.overseer.server.transcript.ToldRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileWriter.Mode;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.OutputFile;

/**
 * Writes a Parquet file with one row for each change of a whole transaction, in the order of
 * offsets; {@code docs/reference/log-commands.md} tells its columns. The file is not one until it
 * is closed. Memory: a row group, about {@value #ROW_GROUP_BYTES} bytes.
 */
public final class ChangeTable implements AutoCloseable {
  private static final long ROW_GROUP_BYTES = 32 << 20;

  private final ParquetWriter<ChangeRow> writer;
  private long rows;

  private ChangeTable(ParquetWriter<ChangeRow> writer) {
    this.writer = writer;
  }

  /** Replaces the file, if there is one. */
  public static ChangeTable create(Path file) {
    try {
      return new ChangeTable(
          new Builder(new LocalOutputFile(file))
              .withConf(new PlainParquetConfiguration())
              .withWriteMode(Mode.OVERWRITE)
              .withRowGroupSize(ROW_GROUP_BYTES)
              .withCompressionCodec(CompressionCodecName.ZSTD)
              .build());
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Adds a row, if the record is a change. */
  public void add(ToldRecord told) {
    Optional<ChangeRow> row = ChangeRow.find(told);
    if (row.isPresent()) {
      try {
        writer.write(row.get());
      } catch (IOException e) {
        throw failed(e);
      }
      rows++;
    }
  }

  public long rows() {
    return rows;
  }

  @Override
  public void close() {
    try {
      writer.close();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static UncheckedIOException failed(IOException e) {
    return new UncheckedIOException("The Parquet file cannot be written: " + e.getMessage(), e);
  }

  private static final class Builder extends ParquetWriter.Builder<ChangeRow, Builder> {
    Builder(OutputFile file) {
      super(file);
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    @SuppressWarnings("deprecation") // abstract all the same
    protected WriteSupport<ChangeRow> getWriteSupport(Configuration configuration) {
      return new ChangeRowWriting();
    }
  }
}
