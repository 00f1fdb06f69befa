/**
 * One attested root after another: freeze the trades, checkpoint the chain, build the tree, sign it with the attestors, post it.
 *
 * <p>Every step can be repeated after a crash at any point: the chain says which epoch is the newest, the database keeps the one candidate
 * for the next, and a candidate's transaction has an id made of its header's hash.
 */
package io.ringfence.service.epoch;
