package dev.overseer.bench.debezium;

import java.util.Properties;

/**
 * How the engine is set up: with its defaults, but for what is said here. Both queue and batch are
 * four times the default, which spares it overhead and never costs it anything here.
 *
 * @param slot made before, where the backlog begins
 * @param publication made before
 * @param offsets a file, where its users have it by default; it must not be there yet
 */
record EngineSettings(int port, String slot, String publication, String offsets) {

  Properties properties() {
    Properties properties = new Properties();
    properties.put("name", "bench");
    properties.put("topic.prefix", "bench");
    properties.put("connector.class", "io.debezium.connector.postgresql.PostgresConnector");
    connection(properties);
    offsets(properties);
    pace(properties);
    output(properties);
    return properties;
  }

  private void connection(Properties properties) {
    properties.put("database.hostname", "127.0.0.1");
    properties.put("database.port", Integer.toString(port));
    properties.put("database.user", "postgres");
    properties.put("database.password", "");
    properties.put("database.dbname", "postgres");
    properties.put("plugin.name", "pgoutput");
    properties.put("slot.name", slot);
    properties.put("publication.name", publication);
    properties.put("publication.autocreate.mode", "disabled");
    // Existing rows are none of the backlog: the slot tells where it begins.
    properties.put("snapshot.mode", "no_data");
    properties.put("errors.max.retries", "0");
  }

  private void offsets(Properties properties) {
    properties.put("offset.storage", "org.apache.kafka.connect.storage.FileOffsetBackingStore");
    properties.put("offset.storage.file.filename", offsets);
  }

  private static void pace(Properties properties) {
    properties.put("max.batch.size", "8192");
    properties.put("max.queue.size", "32768");
    // Only the last, partial batch waits for it.
    properties.put("poll.interval.ms", "50");
    properties.put("record.processing.threads", "AVAILABLE_CORES");
  }

  private static void output(Properties properties) {
    // Without a copy of the table's schema in every change.
    properties.put("converter.schemas.enable", "false");
    properties.put("tombstones.on.delete", "false");
  }
}
