package io.mcpserver.tool.dropin;

import java.lang.reflect.Method;

/** Where methods stand in their source; 0 where that is not known. */
interface Lines {

    /** There is no source. */
    Lines UNKNOWN = new Lines() {

        @Override
        public int of(Method method) {
            return 0;
        }

        @Override
        public int of(Method method, int parameter) {
            return 0;
        }
    };

    int of(Method method);

    /** @param parameter from 0 */
    int of(Method method, int parameter);
}
