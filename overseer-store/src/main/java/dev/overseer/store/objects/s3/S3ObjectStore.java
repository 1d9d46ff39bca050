package dev.overseer.store.objects.s3;

import dev.overseer.model.Unavailable;
import dev.overseer.store.objects.Comparison;
import dev.overseer.store.objects.ObjectContent;
import dev.overseer.store.objects.ObjectKey;
import dev.overseer.store.objects.ObjectSlice;
import dev.overseer.store.objects.ObjectStore;
import dev.overseer.store.objects.PutResult;
import dev.overseer.store.objects.StoredObject;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/**
 * An {@link ObjectStore} in a bucket. Puts are conditional ({@code If-None-Match: *}), which Amazon
 * S3 and many servers of its kind decide atomically; one that ignores the condition must not be
 * used. Every call is one attempt: retrying is a decorator's work.
 */
public final class S3ObjectStore implements ObjectStore {
  private static final int PRECONDITION_FAILED = 412;
  private static final int RANGE_NOT_SATISFIABLE = 416;

  private final S3Client client;
  private final S3Settings settings;

  public S3ObjectStore(S3Settings settings) {
    this.settings = settings;
    this.client = Clients.of(settings);
  }

  @Override
  public PutResult put(ObjectKey key, ObjectContent content) {
    try {
      client.putObject(writing(key).ifNoneMatch("*").build(), body(content));
      return PutResult.STORED;
    } catch (S3Exception e) {
      if (e.statusCode() == PRECONDITION_FAILED) {
        return Comparison.settle(this, key, content);
      }
      throw unavailable(e);
    } catch (SdkException | UncheckedIOException e) {
      throw unavailable(e);
    }
  }

  private PutObjectRequest.Builder writing(ObjectKey key) {
    PutObjectRequest.Builder request =
        PutObjectRequest.builder().bucket(settings.bucket()).key(path(key));
    switch (settings.encryption()) {
      case S3Settings.Encryption.OfBucket _ -> {}
      case S3Settings.Encryption.Managed _ ->
          request.serverSideEncryption(ServerSideEncryption.AES256);
      case S3Settings.Encryption.ByService(Optional<String> keyId) ->
          request
              .serverSideEncryption(ServerSideEncryption.AWS_KMS)
              .ssekmsKeyId(keyId.orElse(null));
    }
    return request;
  }

  private static RequestBody body(ObjectContent content) {
    return switch (content) {
      case ObjectContent.OfBytes(byte[] bytes) -> RequestBody.fromBytes(bytes);
      case ObjectContent.OfFile(var file) -> RequestBody.fromFile(file);
    };
  }

  @Override
  public Optional<ObjectSlice> find(ObjectKey key, long position, int lengthMax) {
    GetObjectRequest request =
        GetObjectRequest.builder()
            .bucket(settings.bucket())
            .key(path(key))
            .range("bytes=%d-%d".formatted(position, position + lengthMax - 1))
            .build();
    try {
      ResponseBytes<GetObjectResponse> answer = client.getObjectAsBytes(request);
      return Optional.of(
          new ObjectSlice(answer.asByteArrayUnsafe(), wholeLength(answer.response())));
    } catch (NoSuchKeyException e) {
      return Optional.empty();
    } catch (S3Exception e) {
      if (e.statusCode() == RANGE_NOT_SATISFIABLE) {
        return Optional.of(new ObjectSlice(new byte[0], length(key)));
      }
      throw unavailable(e);
    } catch (SdkException | UncheckedIOException e) {
      throw unavailable(e);
    }
  }

  /** {@code bytes 0-9/42}, or the answer is the whole object. */
  private static long wholeLength(GetObjectResponse response) {
    long length = told(response.contentLength());
    String range = response.contentRange();
    return range == null ? length : Long.parseLong(range.substring(range.indexOf('/') + 1));
  }

  private long length(ObjectKey key) {
    return told(
        asked(() -> client.headObject(head -> head.bucket(settings.bucket()).key(path(key))))
            .contentLength());
  }

  /** What every answer says is missing where it was cut off before that. */
  private static <T> T told(@Nullable T part) {
    if (part == null) {
      throw new Unavailable("The bucket's answer was cut off");
    }
    return part;
  }

  @Override
  public List<StoredObject> list(String prefix, Optional<ObjectKey> after) {
    ListObjectsV2Request.Builder request =
        ListObjectsV2Request.builder()
            .bucket(settings.bucket())
            .prefix(settings.prefix() + prefix)
            .maxKeys(LISTED_MAX);
    after.ifPresent(key -> request.startAfter(path(key)));
    int prefixLength = settings.prefix().length();
    ListObjectsV2Response answer = asked(() -> client.listObjectsV2(request.build()));
    told(answer.isTruncated());
    return answer.contents().stream()
        .map(
            object ->
                new StoredObject(
                    new ObjectKey(object.key().substring(prefixLength)), object.size()))
        .toList();
  }

  @Override
  public void blank(ObjectKey key) {
    asked(() -> client.putObject(writing(key).build(), RequestBody.empty()));
  }

  @Override
  public void delete(ObjectKey key) {
    asked(() -> client.deleteObject(delete -> delete.bucket(settings.bucket()).key(path(key))));
  }

  private <T> T asked(Supplier<T> call) {
    try {
      return call.get();
    } catch (SdkException | UncheckedIOException e) {
      throw unavailable(e);
    }
  }

  private String path(ObjectKey key) {
    return settings.prefix() + key.value();
  }

  /**
   * A bucket that is missing or closed to us may be there or open a minute later: a person has to
   * see to that, and meanwhile nothing is lost.
   */
  private Unavailable unavailable(RuntimeException cause) {
    return new Unavailable(
        "The bucket '%s' refuses: %s".formatted(settings.bucket(), cause.getMessage()), cause);
  }

  @Override
  public void close() {
    client.close();
  }
}
