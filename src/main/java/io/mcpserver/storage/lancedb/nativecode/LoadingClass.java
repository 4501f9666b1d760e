package io.mcpserver.storage.lancedb.nativecode;

import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.AccessFlag;
import java.nio.file.Path;

/**
 * The class that all others of Lance ask to load the native code, in place of the one that its archive has: that one
 * unpacks 181 MB at every start and leaves them behind when the process is killed. It is a class beside the others, for
 * native code belongs to the class loader of the class that loads it, which in dev mode is not ours and outlives it.
 */
public final class LoadingClass {

    private static final String NAME = "JniLoader";
    private static final String LOGGING = "initLanceLogger";

    private LoadingClass() {}

    /**
     * Makes it, if that has not happened; it loads the code when the first class of Lance asks for it.
     *
     * @param beside a class of Lance
     */
    public static void define(Class<?> beside, Path code) {
        try {
            MethodHandles.privateLookupIn(beside, MethodHandles.lookup())
                    .defineClass(bytes(beside.getPackageName(), code.toString()));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        } catch (LinkageError e) {
            // Made by an earlier start of this program in this process: dev mode makes several.
            System.getLogger(LoadingClass.class.getName()).log(System.Logger.Level.DEBUG, "was there", e);
        }
    }

    private static byte[] bytes(String folder, String code) {
        ClassDesc self = ClassDesc.of(folder, NAME);
        MethodTypeDesc ofText = MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_String);
        MethodTypeDesc nothing = ConstantDescs.MTD_void;
        int hidden = AccessFlag.STATIC.mask();
        return ClassFile.of().build(self, type -> type.withFlags(AccessFlag.PUBLIC, AccessFlag.FINAL)
                .withMethod(LOGGING, nothing, hidden | AccessFlag.NATIVE.mask(), method -> {})
                .withMethodBody("ensureLoaded", nothing, hidden | AccessFlag.PUBLIC.mask(), body -> body.return_())
                .withMethodBody(ConstantDescs.CLASS_INIT_NAME, nothing, hidden, body -> body.ldc(code)
                        .invokestatic(ClassDesc.of("java.lang.System"), "load", ofText)
                        .invokestatic(self, LOGGING, nothing)
                        .return_()));
    }
}
