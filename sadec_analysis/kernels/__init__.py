"""Kernels: notebooks executed by Jupyter's own kernel in a process forked from a warm one.

A process that has imported everything is copied for each notebook, so that a notebook
starts at once and still has a process of its own; client, messages and outputs are
Jupyter's, so results are those of papermill's stock engine.
"""
