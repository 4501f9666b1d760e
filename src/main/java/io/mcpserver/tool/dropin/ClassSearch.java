package io.mcpserver.tool.dropin;

/** Looks for tools in a class by its name. */
final class ClassSearch {

    private ClassSearch() {}

    /** Adds the tools of the class, or why it cannot be used to the faults. Returns how many methods are marked. */
    static int find(String className, Lines lines, FoundTools found) {
        try {
            return new AnnotatedClass(Class.forName(className, false, found.loader()), lines, found).find();
        } catch (ClassNotFoundException e) {
            found.faults().error(0, className, "this class is not in the file");
        } catch (LinkageError | SecurityException e) {
            found.faults().error(0, className, "cannot be loaded: " + AuthorFailure.inWords(e));
        }
        return 0;
    }
}
