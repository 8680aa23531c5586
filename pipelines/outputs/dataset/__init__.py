"""Dataset releases for researchers: immutable folders of tables that say how good they are.

``schema`` declares the tables once; ``rows`` fills them from the store; ``tables`` writes Parquet
and CSV from the same batches; ``descriptors`` writes what explains them; ``publish`` puts a
release together and ``verify`` takes it apart again.
"""
