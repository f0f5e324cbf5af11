@echo off
rem Starts huffhash.jar on Windows: that of `mvn package`, one that is installed, or one in this
rem folder. A copy named hzstd.cmd, unhzstd.cmd or hzstdcat.cmd has zstd's command line.
setlocal DisableDelayedExpansion
set "JAVA_TOOL_OPTIONS="
set "JDK_JAVA_OPTIONS="
set "_JAVA_OPTIONS="

set "lib=%~dp0..\target"
if not exist "%lib%\huffhash.jar" set "lib=%~dp0..\lib\huffhash"
if not exist "%lib%\huffhash.jar" set "lib=%~dp0."
if not exist "%lib%\huffhash.jar" (
    >&2 echo huffhash: no huffhash.jar in ..\target, in ..\lib\huffhash or beside "%~f0"
    exit /b 1
)

set "java=%JAVA_HOME%\bin\java.exe"
if not defined JAVA_HOME for %%j in (java.exe) do set "java=%%~$PATH:j"
if not exist "%java%" (
    >&2 echo huffhash: no Java found; install a JDK 25 or newer and set JAVA_HOME
    exit /b 1
)
set "version=25"
if exist "%java%\..\..\release" for /f "usebackq tokens=1,2 delims==." %%a in ("%java%\..\..\release") do if "%%a"=="JAVA_VERSION" set "version=%%b"
if %version:"=% LSS 25 (
    >&2 echo huffhash: "%java%" is Java %version:"=%; install a JDK 25 or newer and set JAVA_HOME
    exit /b 1
)

set "command="
if /i "%~n0"=="hzstd" set "command=hzstd"
if /i "%~n0"=="zstd" set "command=hzstd"
if /i "%~n0"=="unhzstd" set "command=hzstd -d"
if /i "%~n0"=="unzstd" set "command=hzstd -d"
if /i "%~n0"=="hzstdcat" set "command=hzstd -dcf"
if /i "%~n0"=="zstdcat" set "command=hzstd -dcf"

"%java%" -XX:+UseSerialGC -XX:-UsePerfData -XX:+DisplayVMOutputToStderr ^
    -Xlog:disable -Xlog:all=warning,cds*=off,aot*=off,os+thread=off,jfr+startup=off:stderr ^
    -XX:+SuppressFatalErrorMessage -XX:-CreateCoredumpOnCrash ^
    %HUFFHASH_JAVA_OPTS% -jar "%lib%\huffhash.jar" %command% %*
