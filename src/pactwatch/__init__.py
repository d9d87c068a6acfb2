"""Pactwatch reads reports about deals between governments and keeps a sourced ledger of them."""
