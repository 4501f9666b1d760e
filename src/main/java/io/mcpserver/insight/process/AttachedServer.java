package io.mcpserver.insight.process;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import io.mcpserver.insight.InsightException;
import io.mcpserver.insight.OfferedInsight;
import io.mcpserver.insight.ServerInsight;
import java.io.IOException;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.function.Supplier;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.JMX;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.ReflectionException;
import javax.management.RuntimeMBeanException;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * The way into a server of this machine: the JDK's attach mechanism, which lets in nobody but the same user and root, and
 * JMX, which it starts in the server on a loopback address when first asked. Closing ends the connection; the server keeps
 * JMX.
 */
public final class AttachedServer implements AutoCloseable {

    private final long pid;
    private final JMXConnector connector;
    private final MBeanServerConnection connection;

    private AttachedServer(long pid, JMXConnector connector) throws IOException {
        this.pid = pid;
        this.connector = connector;
        this.connection = connector.getMBeanServerConnection();
    }

    /** @throws InsightException if the process does not let this one in */
    public static AttachedServer attach(LocalServer server) {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(server.pid()));
            String address;
            try {
                address = machine.startLocalManagementAgent();
            } finally {
                machine.detach();
            }
            return new AttachedServer(server.pid(), JMXConnectorFactory.connect(new JMXServiceURL(address)));
        } catch (AttachNotSupportedException | IOException e) {
            throw new InsightException(
                    ("The server with pid %d does not let this process in: %s. Only its own user may; and its Java must "
                                    + "have the modules jdk.attach and jdk.management.agent, which every JDK has.")
                            .formatted(server.pid(), e.getMessage()),
                    e);
        }
    }

    public long pid() {
        return pid;
    }

    /** The server's own answers. */
    public ServerInsight insight() {
        try {
            ObjectName name = new ObjectName(ServerInsight.NAME);
            if (!connection.isRegistered(name)) {
                create(name);
            }
            return sentences(JMX.newMXBeanProxy(connection, name, ServerInsight.class));
        } catch (IOException | JMException e) {
            throw gone(e);
        }
    }

    /** The JMX connection, for what the JDK itself offers. */
    public MBeanServerConnection connection() {
        return connection;
    }

    @Override
    public void close() {
        try {
            connector.close();
        } catch (IOException e) {
            System.getLogger(AttachedServer.class.getName()).log(System.Logger.Level.DEBUG, "closing", e);
        }
    }

    private void create(ObjectName name) throws IOException, JMException {
        try {
            connection.createMBean(OfferedInsight.class.getName(), name);
        } catch (InstanceAlreadyExistsException madeMeanwhile) {
            // By another command.
        } catch (ReflectionException e) {
            throw new InsightException(
                    "The server with pid " + pid + " is of a version that tells nothing of itself.", e);
        }
    }

    private InsightException gone(Exception cause) {
        return new InsightException("The server with pid " + pid + " ended while it was asked.", cause);
    }

    private ServerInsight sentences(ServerInsight remote) {
        return new ServerInsight() {
            @Override
            public String status() {
                return ask(remote::status);
            }

            @Override
            public String memory(int classes, boolean live) {
                return ask(() -> remote.memory(classes, live));
            }

            @Override
            public String toolFiles() {
                return ask(remote::toolFiles);
            }

            @Override
            public String latencies() {
                return ask(remote::latencies);
            }

            @Override
            public String reload(boolean dryRun) {
                return ask(() -> remote.reload(dryRun));
            }

            @Override
            public String data(String operation, String body) {
                return ask(() -> remote.data(operation, body));
            }

            @Override
            public String reloads() {
                return ask(remote::reloads);
            }
        };
    }

    private String ask(Supplier<String> question) {
        try {
            return question.get();
        } catch (RuntimeMBeanException e) {
            throw new InsightException(e.getCause().getMessage(), e);
        } catch (UndeclaredThrowableException e) {
            if (e.getCause() instanceof InstanceNotFoundException || e.getCause() instanceof IOException) {
                throw gone(e);
            }
            throw e;
        }
    }
}
