package io.ringfence.service.defaulting;

import io.ringfence.service.epoch.Root;

/**
 * Ids of what the stages send: the same step for the same pledge under the same root is sent once. Roots are told apart by their hash:
 * after a reorganisation another root may bear the same number.
 */
final class IntentIds {

  private IntentIds() {}

  static String of(String step, Judgement judgement, Root root) {
    return of(step, judgement.leaf().index(), root);
  }

  static String of(String step, Object subject, Root root) {
    return step + ":" + root.header().venue() + ":" + subject + ":" + root.id();
  }
}
