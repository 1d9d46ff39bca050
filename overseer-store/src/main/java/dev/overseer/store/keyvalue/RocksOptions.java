package dev.overseer.store.keyvalue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.rocksdb.AbstractNativeReference;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.IndexType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteOptions;

/** RocksDB's native options for our settings; to be closed after the database. */
final class RocksOptions implements AutoCloseable {
  private static final int OPEN_FILES_MAX = 256;
  private static final int BITS_PER_KEY = 10;
  private static final long OWN_LOG_BYTES_MAX = 4 << 20;
  private static final int CACHE_SHARD_BITS = 2;
  private static final int BUFFERS_PER_MERGE = 8;
  private static final double BUFFER_SHARE_FOR_FILTER = 0.05;

  private final Deque<AbstractNativeReference> owned = new ArrayDeque<>();
  private final RocksSettings settings;
  final DBOptions database = own(new DBOptions());
  final WriteOptions write = own(new WriteOptions());
  final ReadOptions groupReads = own(new ReadOptions().setPrefixSameAsStart(true));
  private final BlockBasedTableConfig tables;
  private final BlockBasedTableConfig groupedTables;

  RocksOptions(RocksSettings settings) {
    this.settings = settings;
    database
        .setCreateIfMissing(true)
        .setCreateMissingColumnFamilies(true)
        // All spaces come back as of the same batch, with and without RocksDB's own log.
        .setAtomicFlush(true)
        .setDbWriteBufferSize(settings.writeBufferBytes())
        .setMaxOpenFiles(OPEN_FILES_MAX)
        .setMaxBackgroundJobs(2)
        // Our stores have one writer, and one needs no locks.
        .setAllowConcurrentMemtableWrite(false)
        .setStatsDumpPeriodSec(0)
        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
        .setMaxLogFileSize(OWN_LOG_BYTES_MAX)
        .setKeepLogFileNum(2);
    write
        .setDisableWAL(settings.durability() == Durability.FLUSHED)
        .setSync(settings.durability() == Durability.SYNCED);
    LRUCache cache = own(new LRUCache(settings.blockCacheBytes(), CACHE_SHARD_BITS));
    tables = tables(cache);
    // Of whole keys besides they would be twice as large, and nearly all reads are of groups.
    groupedTables = tables(cache).setWholeKeyFiltering(false);
  }

  private BlockBasedTableConfig tables(LRUCache cache) {
    return new BlockBasedTableConfig()
        // What is larger than a shard is never cached, and then every read is from the disk.
        .setBlockCache(cache)
        .setFilterPolicy(own(new BloomFilter(BITS_PER_KEY, false)))
        // Else the memory for them grows with the data; and in small parts, or each of them is
        // larger than what it helps to find.
        .setCacheIndexAndFilterBlocks(true)
        .setIndexType(IndexType.kTwoLevelIndexSearch)
        .setPartitionFilters(true)
        .setPinTopLevelIndexAndFilter(true)
        .setPinL0FilterAndIndexBlocksInCache(true);
  }

  /** RocksDB insists on a space named "default"; then ours, in the order of the settings. */
  List<ColumnFamilyDescriptor> spaces() {
    List<ColumnFamilyDescriptor> spaces = new ArrayList<>();
    spaces.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, options(0)));
    for (Space space : settings.spaces()) {
      byte[] name = space.name().getBytes(UTF_8);
      spaces.add(new ColumnFamilyDescriptor(name, options(space.groupBytes())));
    }
    return spaces;
  }

  private ColumnFamilyOptions options(int groupBytes) {
    ColumnFamilyOptions options =
        own(new ColumnFamilyOptions())
            .setWriteBufferSize(settings.writeBufferBytes())
            // Write buffers are small, so wait for some more of them before merging any.
            .setLevel0FileNumCompactionTrigger(BUFFERS_PER_MERGE)
            .setCompressionType(CompressionType.LZ4_COMPRESSION)
            .setTableFormatConfig(tables);
    if (groupBytes > 0) {
      // Filters over groups: looking for one passes over whatever does not hold it.
      options
          .useFixedLengthPrefixExtractor(groupBytes)
          .setMemtablePrefixBloomSizeRatio(BUFFER_SHARE_FOR_FILTER)
          .setTableFormatConfig(groupedTables);
    }
    return options;
  }

  private <T extends AbstractNativeReference> T own(T reference) {
    owned.push(reference);
    return reference;
  }

  @Override
  public void close() {
    owned.forEach(AbstractNativeReference::close);
  }
}
