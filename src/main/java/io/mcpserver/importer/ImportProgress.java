package io.mcpserver.importer;

/** Hears how an import goes on; called on the importing thread. */
public interface ImportProgress {

    ImportProgress NONE = new ImportProgress() {
        @Override
        public void begun(int files, long bytes) {}

        @Override
        public void done(String path, long bytes) {}
    };

    /** What is to be done. */
    void begun(int files, long bytes);

    /** One file is done, whatever its outcome. */
    void done(String path, long bytes);
}
