package dev.overseer.store.objects;

import java.nio.file.Path;

class FileObjectStoreTest extends ObjectStoreContract {
  @Override
  protected ObjectStore create(Path directory) {
    return new FileObjectStore(directory.resolve("objects"));
  }

  @Override
  protected ObjectStore another(ObjectStore store) {
    return new FileObjectStore(((FileObjectStore) store).root());
  }
}
