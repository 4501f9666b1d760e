@echo off
rem Runs the Maven that this project is pinned to, on a JDK that can compile it. See mvnw, which says more: the JDK
rem comes from JAVA_HOME or the usual places; Maven from the cache in %USERPROFILE%\.m2\wrapper\dists, else through an
rem installed mvn (whose mirrors and proxies are honoured), else from the archive of the Apache Foundation. Whatever
rem the source, the SHA-512 in .mvn\wrapper\maven-wrapper.properties decides.
setlocal EnableExtensions DisableDelayedExpansion
set "LEAST_JAVA=25"
set "COPY_GOAL=org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy"
set "PROJECT=%~dp0"
set "FOUND="

if defined JAVA_HOME call :try "%JAVA_HOME%"
for %%D in ("%ProgramFiles%\Eclipse Adoptium" "%ProgramFiles%\Java" "%ProgramFiles%\Microsoft" "%ProgramFiles%\Zulu" "%ProgramFiles%\Amazon Corretto" "%ProgramFiles%\BellSoft" "%LocalAppData%\Programs\Eclipse Adoptium" "%UserProfile%\.jdks" "%UserProfile%\scoop\apps\temurin25-jdk" "%UserProfile%\.sdkman\candidates\java") do (
    if exist "%%~D\" for /d %%J in ("%%~D\*") do call :try "%%~fJ"
)
for /f "delims=" %%J in ('where java.exe 2^>nul') do for %%H in ("%%~dpJ..") do call :try "%%~fH"
if not defined FOUND (
    >&2 echo mvnw: this project needs a JDK %LEAST_JAVA% or newer, and none was found.
    >&2 echo mvnw: Install one, for example: winget install EclipseAdoptium.Temurin.%LEAST_JAVA%.JDK
    >&2 echo mvnw: or set JAVA_HOME to where it is.
    exit /b 1
)
set "JAVA_HOME=%FOUND%"

set "VERSION="
set "CHECKSUM="
for /f "usebackq eol=# tokens=1,2 delims==" %%K in ("%PROJECT%.mvn\wrapper\maven-wrapper.properties") do (
    if "%%K"=="mavenVersion" set "VERSION=%%L"
    if "%%K"=="distributionSha512" set "CHECKSUM=%%L"
)
if not defined VERSION goto badproperties
if not defined CHECKSUM goto badproperties
if defined MAVEN_USER_HOME (set "USER_MAVEN=%MAVEN_USER_HOME%") else set "USER_MAVEN=%UserProfile%\.m2"
set "DISTS=%USER_MAVEN%\wrapper\dists\apache-maven-%VERSION%"
set "MAVEN=%DISTS%\%CHECKSUM:~0,16%"
if exist "%MAVEN%\bin\mvn.cmd" goto run

set "WORK=%DISTS%\.fetch.%RANDOM%%RANDOM%"
set "ZIP=%WORK%\apache-maven-%VERSION%-bin.zip"
mkdir "%WORK%" 2>nul
if not exist "%WORK%\" (
    >&2 echo mvnw: cannot write to %DISTS%
    exit /b 1
)

where mvn.cmd >nul 2>nul
if errorlevel 1 goto archive
>&2 echo mvnw: fetching Maven %VERSION% through the installed mvn
pushd "%WORK%"
call mvn -B -q %COPY_GOAL% "-Dartifact=org.apache.maven:apache-maven:%VERSION%:zip:bin" "-DoutputDirectory=%WORK%" >nul 2>&1
popd
call :verify
if not errorlevel 1 goto unpack

:archive
for /f "tokens=1 delims=." %%M in ("%VERSION%") do set "MAJOR=%%M"
set "ADDRESS=https://archive.apache.org/dist/maven/maven-%MAJOR%/%VERSION%/binaries/apache-maven-%VERSION%-bin.zip"
>&2 echo mvnw: downloading %ADDRESS%
curl.exe -fsSL --connect-timeout 20 --retry 2 -o "%ZIP%" "%ADDRESS%"
call :verify
if not errorlevel 1 goto unpack
rmdir /s /q "%WORK%"
>&2 echo mvnw: Maven %VERSION% could not be had, or what was received is not what its checksum says.
>&2 echo mvnw: Install any Maven 3 so that mvn is on PATH, or allow curl to reach archive.apache.org, or unpack
>&2 echo mvnw: apache-maven-%VERSION%-bin.zip yourself so that this exists: %MAVEN%\bin\mvn.cmd
exit /b 1

:unpack
mkdir "%WORK%\unpacked"
pushd "%WORK%\unpacked"
"%JAVA_HOME%\bin\jar.exe" -xf "%ZIP%"
popd
rem Two builds may come here at once: the first rename wins.
if not exist "%MAVEN%\" move "%WORK%\unpacked\apache-maven-%VERSION%" "%MAVEN%" >nul 2>&1
rmdir /s /q "%WORK%"
if not exist "%MAVEN%\bin\mvn.cmd" (
    >&2 echo mvnw: could not unpack Maven to %MAVEN%
    exit /b 1
)

:run
set "MAVEN_HOME="
set "M2_HOME="
call "%MAVEN%\bin\mvn.cmd" %*
exit /b %ERRORLEVEL%

:badproperties
>&2 echo mvnw: .mvn\wrapper\maven-wrapper.properties must have mavenVersion and distributionSha512
exit /b 1

rem :verify - succeeds if ZIP is the pinned one.
:verify
if not exist "%ZIP%" exit /b 1
certutil -hashfile "%ZIP%" SHA512 | findstr /i /x "%CHECKSUM%" >nul
exit /b %ERRORLEVEL%

rem :try HOME - sets FOUND to HOME if none was found yet and it is a JDK whose release file says it is new enough.
:try
if defined FOUND exit /b 0
if not exist "%~1\bin\javac.exe" exit /b 0
if not exist "%~1\release" exit /b 0
set "FEATURE="
for /f "usebackq tokens=2 delims==" %%V in (`findstr /b "JAVA_VERSION=" "%~1\release"`) do for /f "tokens=1 delims=.+-" %%F in ("%%~V") do set "FEATURE=%%F"
if not defined FEATURE exit /b 0
if %FEATURE% GEQ %LEAST_JAVA% set "FOUND=%~1"
exit /b 0
