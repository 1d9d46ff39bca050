package dev.overseer.store.objects;

import java.nio.file.Path;

class MemoryObjectStoreTest extends ObjectStoreContract {

  @Override
  protected ObjectStore create(Path directory) {
    return new MemoryObjectStore();
  }

  @Override
  protected ObjectStore another(ObjectStore store) {
    return store;
  }
}
