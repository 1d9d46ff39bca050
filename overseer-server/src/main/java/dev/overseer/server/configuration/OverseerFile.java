package dev.overseer.server.configuration;

import dev.overseer.ingestion.postgres.PostgresTls;
import dev.overseer.model.ColumnPath;
import dev.overseer.model.WindowUnit;
import dev.overseer.runner.journal.CheckMode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

/** The shape of the configuration file: the names of these components are its keys. */
record OverseerFile(
    Field<Path> dataDirectory,
    Field<HttpFile> http,
    Field<ChecksFile> checks,
    Field<EscalationFile> escalation,
    Field<CanaryFile> canary,
    Field<StorageFile> storage,
    Field<PersonalDataFile> personalData,
    Field<LimitsFile> limits,
    Field<ProtobufFile> protobuf,
    @Required Field<Entries<SourceFile>> sources,
    @Required Field<Entries<ModelFile>> models,
    @Required Field<Entries<ViewFile>> views) {

  record HttpFile(
      Field<String> bind, Field<Integer> port, Field<Secret> token, Field<TlsFile> tls) {}

  record TlsFile(@Required Field<Path> keystore, @Required Field<Secret> password) {}

  record ChecksFile(
      Field<Path> directory,
      Field<CheckStart> start,
      Field<Entries<CheckStart>> starts,
      Field<Entries<CheckMode>> modes,
      Field<SweepPolicy> sweep,
      Field<Entries<SweepPolicy>> sweeps,
      Field<Integer> sweepRate) {}

  record EscalationFile(
      Field<List<Field<String>>> defaults,
      Field<Entries<WebhookFile>> webhooks,
      Field<HeartbeatFile> heartbeat) {}

  record HeartbeatFile(
      @Required Field<Secret> url, Field<Secret> failingUrl, Field<Duration> every) {}

  record WebhookFile(@Required Field<URI> url, @Required Field<Secret> secret) {}

  record CanaryFile(Field<Duration> every) {}

  record StorageFile(
      Field<ByteSize> segmentSize,
      Field<StorageSettings.Durability> durability,
      Field<ArchiveFile> archive,
      Field<LocalFile> local) {}

  record ArchiveFile(Field<Path> directory, Field<BucketFile> bucket, Field<Duration> sealAfter) {}

  /** {@code bucket: name} is short for {@code bucket: { name: name }}. */
  @ShortForm("name")
  record BucketFile(
      @Required Field<String> name,
      Field<String> prefix,
      Field<String> region,
      Field<URI> endpoint,
      Field<String> accessKey,
      Field<Secret> secretKey,
      Field<ArchiveSettings.Encryption> encryption,
      Field<String> kmsKey) {}

  record LocalFile(Field<ByteSize> maxBytes, Field<ByteSize> minFree) {}

  record PersonalDataFile(Field<Secret> hashKey, Field<Secret> masterKey) {}

  record LimitsFile(Field<Integer> maxUpdatesPerRecord, Field<Integer> maxMembers) {}

  record ProtobufFile(
      @Required Field<Path> descriptors,
      Field<Entries<String>> views,
      Field<Entries<String>> records) {}

  record SourceFile(
      @Required Field<SourceType> type,
      @Required Field<String> url,
      Field<String> user,
      Field<Secret> password,
      Field<SourceTlsFile> tls,
      Field<List<Field<String>>> tables,
      Field<Entries<Entries<TreatmentFile>>> treat,
      Field<String> slot,
      Field<String> publication,
      Field<Duration> clockOffset,
      Field<Duration> commitSlack,
      Field<Duration> jumpMax,
      Field<Duration> staleAfter,
      Field<Integer> rowsPerSecond,
      Field<ByteSize> retainedWarning,
      Field<ByteSize> retainedMax,
      Field<Duration> heartbeat,
      Field<Duration> retention) {}

  /** {@code tls: verify-full} is short for {@code tls: { mode: verify-full }}. */
  @ShortForm("mode")
  record SourceTlsFile(@Required Field<PostgresTls.Mode> mode, Field<Path> rootCertificate) {}

  /** {@code email: hash} is short for {@code email: { as: hash }}. */
  @ShortForm("as")
  record TreatmentFile(@Required Field<Method> as, Field<String> subject, Field<String> kind) {}

  enum Method {
    DROP,
    HASH,
    ENCRYPT
  }

  enum SourceType {
    POSTGRES
  }

  record ModelFile(
      @Required Field<String> source,
      @Required Field<String> table,
      @Required Field<List<Field<String>>> key,
      Field<Entries<ReferenceFile>> references) {}

  /** {@code withdrawal: withdrawal_id} is a reference to the model of the same name. */
  @ShortForm("columns")
  record ReferenceFile(
      Field<String> model, Field<ColumnPath> column, Field<List<Field<ColumnPath>>> columns) {}

  record ViewFile(
      @Required Field<String> root,
      Field<Boolean> rootOptional,
      Field<Entries<JoinFile>> join,
      Field<Entries<TotalFile>> totals) {}

  record TotalFile(
      @Required Field<String> model,
      Field<String> by,
      Field<Entries<String>> match,
      Field<String> sum,
      Field<String> per,
      Field<Entries<List<Field<String>>>> where,
      Field<WindowFile> window) {}

  record WindowFile(
      @Required Field<String> column,
      @Required Field<WindowUnit> of,
      Field<ZoneId> zone,
      Field<String> at,
      Field<Integer> last) {}

  record JoinFile(
      @Required Field<String> model,
      @Required Field<String> by,
      Field<Boolean> many,
      Field<String> from,
      Field<JoinDirection> direction) {}

  enum JoinDirection {
    MEMBER_TO_PARENT,
    PARENT_TO_MEMBER
  }
}
