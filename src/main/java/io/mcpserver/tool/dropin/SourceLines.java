package io.mcpserver.tool.dropin;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The lines of a compiled source file. Of methods that differ only in the types of their parameters, the first counts. */
final class SourceLines implements Lines {

    /** By class, method and number of parameters: the line of the method, then those of its parameters. */
    private final Map<String, List<Integer>> lines = new HashMap<>();

    static SourceLines of(Iterable<? extends CompilationUnitTree> units, JavacTask task) {
        SourceLines found = new SourceLines();
        SourcePositions positions = Trees.instance(task).getSourcePositions();
        for (CompilationUnitTree unit : units) {
            String prefix = unit.getPackageName() == null ? "" : unit.getPackageName() + ".";
            found.new Scanner(unit, positions).scan(unit, prefix);
        }
        return found;
    }

    @Override
    public int of(Method method) {
        return line(method, 0);
    }

    @Override
    public int of(Method method, int parameter) {
        return line(method, parameter + 1);
    }

    private int line(Method method, int index) {
        List<Integer> known =
                lines.get(key(method.getDeclaringClass().getName(), method.getName(), method.getParameterCount()));
        return known == null ? 0 : known.get(index);
    }

    private static String key(String type, String method, int parameters) {
        return type + "#" + method + "/" + parameters;
    }

    /** Walks through classes; what it carries along is the binary name of the class around, as a prefix. */
    private final class Scanner extends TreeScanner<Void, String> {

        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final LineMap map;

        Scanner(CompilationUnitTree unit, SourcePositions positions) {
            this.unit = unit;
            this.positions = positions;
            this.map = unit.getLineMap();
        }

        @Override
        public Void visitClass(ClassTree type, String prefix) {
            for (Tree member : type.getMembers()) {
                if (member instanceof MethodTree method) {
                    add(prefix + type.getSimpleName(), method);
                } else if (member instanceof ClassTree inner) {
                    visitClass(inner, prefix + type.getSimpleName() + "$");
                }
            }
            return null;
        }

        private void add(String type, MethodTree method) {
            List<Integer> found = new ArrayList<>();
            found.add(line(method.getReturnType() == null ? method : method.getReturnType()));
            for (VariableTree parameter : method.getParameters()) {
                found.add(line(parameter));
            }
            lines.putIfAbsent(key(type, method.getName().toString(), found.size() - 1), found);
        }

        private int line(Tree tree) {
            long position = positions.getStartPosition(unit, tree);
            return position < 0 ? 0 : (int) map.getLineNumber(position);
        }
    }
}
