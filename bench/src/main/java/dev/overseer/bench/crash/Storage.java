package dev.overseer.bench.crash;

import dev.overseer.bench.crash.Campaign.Plan;
import dev.overseer.bench.process.Directories;
import dev.overseer.testkit.HttpFaultProxy;
import dev.overseer.testkit.S3Server;
import java.nio.file.Path;
import java.util.function.Consumer;

/** What outlives the kills: the disk, or a bucket whose server often fails. */
sealed interface Storage extends AutoCloseable {

  static Storage of(Plan plan) {
    return switch (plan.loss()) {
      case PROCESS -> new Disk();
      case MACHINE -> Bucket.start(plan.seed());
    };
  }

  /** As the configuration file has it. */
  String configuration();

  /** Nothing fails any more: troubles of storage come to their end. */
  void heal();

  /** Tells what it was put through. */
  void report(Consumer<String> progress);

  @Override
  void close();

  /** The local disk. */
  record Disk() implements Storage {
    @Override
    public String configuration() {
      return "{ segmentSize: 1MiB }";
    }

    @Override
    public void heal() {}

    @Override
    public void report(Consumer<String> progress) {}

    @Override
    public void close() {}
  }

  /** A bucket of a server that answers many a request with a fault. */
  record Bucket(Path directory, S3Server server, HttpFaultProxy proxy) implements Storage {
    private static final String NAME = "logs";
    private static final double FAULTY = 0.2;

    static Bucket start(long seed) {
      Path directory = Directories.temporary("overseer-crash-bucket");
      S3Server server = S3Server.start(directory.resolve("buckets"));
      server.createBucket(NAME);
      HttpFaultProxy proxy = HttpFaultProxy.to(server.endpoint().getPort(), FAULTY, seed);
      return new Bucket(directory, server, proxy);
    }

    @Override
    public String configuration() {
      return """
      { segmentSize: 1MiB, durability: object-store, archive: { sealAfter: 500ms, bucket: {
            name: %s, endpoint: "http://127.0.0.1:%d", accessKey: %s, secretKey: "${file:bucket-secret}" } } }\
      """
          .formatted(NAME, proxy.port(), S3Server.ACCESS_KEY);
    }

    @Override
    public void heal() {
      proxy.heal();
    }

    @Override
    public void report(Consumer<String> progress) {
      progress.accept("the bucket's server failed: " + proxy.injected());
    }

    @Override
    public void close() {
      proxy.close();
      server.close();
      Directories.remove(directory);
    }
  }
}
