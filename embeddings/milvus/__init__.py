"""An index in a Milvus server, shared by as many machines as can reach it.

    NAME_records           id, text: the pointer to the newest generation, the lease of the refresh under way, and in
                           pieces the generations' manifests and orders, and the documents with their passages
    NAME_<model>_passages  id, vector, and what a search can be narrowed by
    NAME_<model>_words     id, vector, text

A passage's row never changes: its id is made of its document's content. `born` is the number of the generation that it
came with, so a refresh adds rows that nobody sees, moves the pointer, and only then deletes what is gone. One that was
killed has left its rows, and the next one goes on from there.
"""
