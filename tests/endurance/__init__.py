"""What a machine does to a warehouse: kills its writer, fills its disk, damages its files.

After each, the build before stands, or the new one is whole; and the next `disclosure ingest`
gives what an undisturbed one gives. `python -m tests.endurance` takes long (`make endurance`);
`tests/test_durable.py` does a little of each.
"""
