# huffhash: everything starts here. `make help` lists the targets.

PREFIX  = /usr/local
DESTDIR =
MVN     = mvn

# Warnings are shown, because -Werror turns them into failures; the rest is not.
MVN_QUIET = -B -ntp -Dstyle.color=never -Dorg.slf4j.simpleLogger.defaultLogLevel=warn
WITH_JDK  = home=$$(scripts/find-java --jdk) && JAVA_HOME="$$home"

JAR        = target/huffhash.jar
ARCHIVE    = target/huffhash.jsa
COMPLETION = target/completion
MAN        = target/man
VERSION   := $(shell sed -n 's|^ *<version>\(.*\)</version>.*|\1|p' pom.xml | head -n 1)
STAGE      = target/package/root
JMH        = target/jmh
JMH_PATH   = src/tool/target/jmh/classpath
# Folders too: their time changes when a file is removed.
SOURCES   := $(shell find pom.xml .mvn src/*/pom.xml src/*/src/main 2>/dev/null)
JMH_SOURCES := $(shell find src/*/src/jmh 2>/dev/null)

comma := ,
space := $(subst ,, )
# JMH with arguments; it ends with the first benchmark that fails.
run_jmh = @$(WITH_JDK) && "$$home/bin/java" --sun-misc-unsafe-memory-access=allow \
    -cp "src/tool/target/jmh/test-classes:src/tool/target/jmh/classes:$$(cat $(JMH_PATH))" org.openjdk.jmh.Main -foe true $(1)

ROOT       = $(DESTDIR)$(PREFIX)
BIN        = $(ROOT)/bin
LIB        = $(ROOT)/lib/huffhash
BASH_DIR   = $(ROOT)/share/bash-completion/completions
LINKS      = hzstd unhzstd hzstdcat
MAN_DIR    = $(ROOT)/share/man/man1
ZSH_DIR    = $(ROOT)/share/zsh/site-functions

.PHONY: all help run test spark test-spark soak mutants bench jmh format install uninstall package test-package clean
.DELETE_ON_ERROR:

all: huffhash ## build target/huffhash.jar and ./huffhash (default)

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  \1\t\2/p' Makefile | expand -t 14

huffhash: scripts/launcher $(JAR) $(ARCHIVE)
	@cp scripts/launcher $@
	@chmod 0755 $@

$(JAR): $(SOURCES) scripts/ModernizeJar.java
	@rm -rf target/lib
	@$(WITH_JDK) $(MVN) $(MVN_QUIET) -Dmaven.test.skip=true package
	@touch $@

# Classes of a training run, from which every later run starts faster.
$(ARCHIVE): $(JAR) scripts/train
	@scripts/train $(JAR) $@

run: all ## build, then the signature of a test file in threads mode
	./huffhash testdata/uniform_1MB.bin -t --time

test: all ## all regular tests and checks (without those tagged soak)
	scripts/make-fixtures --check
	$(WITH_JDK) $(MVN) -B -ntp verify
	scripts/check-consumer target/lib/huffhash-*.jar target/consumer
	@echo 'make test: passed. Left out: the tests tagged "soak"; run them with make soak.'

spark: ## build target/huffhash-spark.jar, the codec and the jobs for Hadoop and Spark
	@$(WITH_JDK) $(MVN) $(MVN_QUIET) -Pspark -pl src/library,src/spark -Dmaven.test.skip=true package

SPARK_TESTS = -Pspark -pl src/library,src/spark -Dsurefire.failIfNoSpecifiedTests=false

test-spark: all ## the tests of the codec and the jobs, and the jobs on a cluster (downloads Spark)
	@if old=$$(scripts/find-java --runtime 17 2>/dev/null); then \
	    $(WITH_JDK) $(MVN) -B -ntp $(SPARK_TESTS) -Djvm="$$old/bin/java" -Dtest='io.github.huffhash.hadoop.*Test' test; \
	else echo 'make test-spark: no Java 17 found, the codec is tested on the JDK alone'; fi
	$(WITH_JDK) $(MVN) -B -ntp $(SPARK_TESTS) -Dtest='io.github.huffhash.hadoop.HuffhashCodecTest,io.github.huffhash.spark.*Test' verify
	scripts/cluster

soak: all ## only the long-running tests, tagged soak
	$(WITH_JDK) $(MVN) -B -ntp -Psoak verify

mutants: ## mutation tests (PIT, take more than an hour); MUTANTS="heaps locks" for some
	@$(WITH_JDK) && JAVA_HOME="$$home" scripts/mutants $(MUTANTS)

bench: all $(JMH_PATH) ## run the benchmarks in short; FILES="a b" are their data
	scripts/bench $(FILES)
	@echo 'In process, ops/us = MB/s (takes some minutes):'
	$(call run_jmh,-v SILENT -rf text -rff $(JMH)/results.txt -f 1 -wi 2 -i 3 $(if $(FILES),-p file=$(subst $(space),$(comma),$(strip $(FILES)))))
	@cat $(JMH)/results.txt

jmh: $(JMH_PATH) ## run the in-process benchmarks, with JMH's arguments in ARGS="-f 1 Histogram"
	$(call run_jmh,$(ARGS))

# The list of JMH's jars, written when the benchmarks have been compiled.
$(JMH_PATH): $(SOURCES) $(JMH_SOURCES)
	@$(WITH_JDK) $(MVN) $(MVN_QUIET) -Pjmh -DskipTests process-test-classes
	@touch $@

format: ## format the Java sources
	@$(WITH_JDK) $(MVN) $(MVN_QUIET) spotless:apply

$(COMPLETION)/huffhash: $(JAR)
	@mkdir -p $(COMPLETION)
	@$(WITH_JDK) && "$$home/bin/java" -cp $(JAR) io.github.huffhash.cli.Completion >$@

# The same script as an autoloaded zsh function: the first call defines the functions, and
# registers them for the calls that follow.
$(COMPLETION)/_huffhash: $(COMPLETION)/huffhash
	@{ echo '#compdef huffhash'; \
	   echo 'autoload -U +X bashcompinit && bashcompinit'; \
	   cat $(COMPLETION)/huffhash; \
	   echo '_bash_complete -o default -F _complete_huffhash'; } >$@

$(MAN)/huffhash.1: $(JAR)
	@rm -rf $(MAN)
	@$(WITH_JDK) && "$$home/bin/java" -cp $(JAR) io.github.huffhash.cli.ManPages $(MAN) $(VERSION)

install: all $(COMPLETION)/huffhash $(COMPLETION)/_huffhash $(MAN)/huffhash.1 ## install under PREFIX (/usr/local), below DESTDIR if set
	mkdir -p "$(BIN)" "$(LIB)/lib" "$(BASH_DIR)" "$(ZSH_DIR)" "$(MAN_DIR)"
	rm -f "$(LIB)"/lib/*.jar
	install -m 0755 scripts/launcher "$(BIN)/huffhash"
	for name in $(LINKS); do ln -sf huffhash "$(BIN)/$$name" || exit 1; done
	install -m 0755 scripts/find-java "$(LIB)/find-java"
	# the archive knows the jars by their times
	install -p -m 0644 $(JAR) $(ARCHIVE) target/java-home "$(LIB)"
	install -p -m 0644 target/lib/*.jar "$(LIB)/lib"
	install -m 0644 $(COMPLETION)/huffhash "$(BASH_DIR)/huffhash"
	install -m 0644 $(COMPLETION)/_huffhash "$(ZSH_DIR)/_huffhash"
	install -m 0644 $(MAN)/*.1 "$(MAN_DIR)"

uninstall: ## remove what install put under PREFIX
	for name in huffhash $(LINKS); do rm -f "$(BIN)/$$name"; done
	rm -f "$(LIB)/huffhash.jar" "$(LIB)/huffhash.jsa" "$(LIB)/java-home" "$(LIB)/find-java" "$(LIB)"/lib/*.jar
	rm -f "$(BASH_DIR)/huffhash" "$(ZSH_DIR)/_huffhash" "$(MAN_DIR)"/huffhash-*.1
	for name in huffhash $(LINKS); do rm -f "$(MAN_DIR)/$$name.1"; done
	if [ -d "$(LIB)" ]; then rmdir "$(LIB)/lib" "$(LIB)"; fi

package: all ## build target/package/*.deb and *.tar.gz, which need no Java
	@rm -rf $(STAGE)
	@$(MAKE) --no-print-directory -s install DESTDIR=$(STAGE) PREFIX=/usr
	@$(WITH_JDK) && JAVA_HOME="$$home" scripts/package $(STAGE) $(VERSION)

test-package: package ## install the packages in a root without Java, use and remove them (as root)
	scripts/test-package target/package/*.deb target/package/*.tar.gz

clean: ## remove target and ./huffhash
	rm -rf target huffhash
