package io.ringfence.service.margin;

import io.ringfence.chain.type.Address;
import io.ringfence.margin.Book;

/**
 * What one account has traded under one pledge.
 *
 * @param account the account
 * @param index its leaf index under the venue
 */
public record AccountBook(Address account, long index, Book book) {}
