@echo off
rem Starts mcp-server on a Java that fits. Prints nothing on standard output, which belongs to the protocol.
rem
rem   MCP_JAVA_HOME   the Java to use; else the first of ..\runtime, JAVA_HOME and the usual places that fits
rem   MCP_JAVA_OPTS   more JVM options, separated by spaces, for example -Xmx256m
setlocal EnableExtensions DisableDelayedExpansion
set "LEAST_JAVA=25"
for %%I in ("%~dp0..") do set "HOME_DIR=%%~fI"
set "FOUND="

if defined MCP_JAVA_HOME (
    call :try "%MCP_JAVA_HOME%"
    if not defined FOUND (
        >&2 echo mcp-server: MCP_JAVA_HOME must be the home of a Java %LEAST_JAVA% or newer: "%MCP_JAVA_HOME%" is not.
        exit /b 1
    )
    goto run
)
call :try "%HOME_DIR%\runtime"
if defined JAVA_HOME call :try "%JAVA_HOME%"
for %%D in ("%ProgramFiles%\Eclipse Adoptium" "%ProgramFiles%\Java" "%ProgramFiles%\Microsoft" "%ProgramFiles%\Zulu" "%ProgramFiles%\Amazon Corretto" "%ProgramFiles%\BellSoft" "%LocalAppData%\Programs\Eclipse Adoptium" "%UserProfile%\.jdks" "%UserProfile%\scoop\apps\temurin25-jdk" "%UserProfile%\.sdkman\candidates\java") do (
    if exist "%%~D\" for /d %%J in ("%%~D\*") do call :try "%%~fJ"
)
for /f "delims=" %%J in ('where java.exe 2^>nul') do for %%H in ("%%~dpJ..") do call :try "%%~fH"
if not defined FOUND (
    >&2 echo mcp-server: Java %LEAST_JAVA% or newer is needed, and none was found.
    >&2 echo mcp-server: Install one, for example: winget install EclipseAdoptium.Temurin.%LEAST_JAVA%.JDK
    >&2 echo mcp-server: or set MCP_JAVA_HOME to where it is.
    exit /b 1
)

:run
set "AOT="
if exist "%HOME_DIR%\app\app.aot" set AOT="-XX:AOTCache=%HOME_DIR%\app\app.aot"
"%FOUND%\bin\java.exe" ^
    -XX:+UseSerialGC ^
    -XX:+UseCompactObjectHeaders ^
    -XX:+ExitOnOutOfMemoryError ^
    -Xlog:disable "-Xlog:all=warning,aot*=off,cds*=off:stderr" ^
    -XX:+DisplayVMOutputToStderr ^
    --enable-native-access=ALL-UNNAMED ^
    --sun-misc-unsafe-memory-access=allow ^
    -Dfile.encoding=UTF-8 -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8 ^
    -Djava.util.logging.manager=org.jboss.logmanager.LogManager ^
    %MCP_JAVA_OPTS% %AOT% "-Dmcp.home=%HOME_DIR%" -jar "%HOME_DIR%\app\quarkus-run.jar" %*
exit /b %ERRORLEVEL%

rem :try HOME - sets FOUND to HOME if none was found yet and its release file names a Java that is new enough.
:try
if defined FOUND exit /b 0
if not exist "%~1\bin\java.exe" exit /b 0
if not exist "%~1\release" exit /b 0
set "FEATURE="
for /f "usebackq tokens=2 delims==" %%V in (`findstr /b "JAVA_VERSION=" "%~1\release"`) do for /f "tokens=1 delims=.+-" %%F in ("%%~V") do set "FEATURE=%%F"
if not defined FEATURE exit /b 0
if %FEATURE% GEQ %LEAST_JAVA% set "FOUND=%~1"
exit /b 0
