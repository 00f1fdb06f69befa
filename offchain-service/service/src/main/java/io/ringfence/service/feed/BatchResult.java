package io.ringfence.service.feed;

import java.util.List;

/**
 * What became of a batch.
 *
 * @param accepted ids of rows that were applied by this request
 * @param duplicates ids that were applied before, with the same content: nothing was applied again
 * @param rejected rows that were not applied
 */
public record BatchResult(List<String> accepted, List<String> duplicates, List<Rejected> rejected) {
  public BatchResult {
    accepted = List.copyOf(accepted);
    duplicates = List.copyOf(duplicates);
    rejected = List.copyOf(rejected);
  }

  /**
   * A row that was not applied.
   *
   * @param row its place in the batch, from 0
   * @param id its id, if it has a usable one
   * @param field the field at fault
   * @param detail what is wrong with it
   */
  public record Rejected(int row, String id, String field, String detail) {}
}
