using System.Net;
using System.Net.Sockets;
using Zvonok.Chaos.Network;

namespace Zvonok.Chaos.Tests.Network;

/// <summary>The network that the tool puts between silo and database, with a server behind it that keeps what it hears and sends it back.</summary>
public sealed class LinkTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(300);
    private readonly EchoServer _server = new();
    private readonly Link _link;

    public LinkTests() => _link = new Link(_server.Port);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _link.DisposeAsync();

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task What_is_sent_comes_through_both_ways()
    {
        using var client = await Connect();
        (await Echo(client, "one")).ShouldBe("one");
        (await Echo(client, "two")).ShouldBe("two");
    }

    [Fact]
    public async Task A_cut_breaks_connections_off_and_lets_no_new_one_come_about_until_it_is_healed()
    {
        using var client = await Connect();
        (await Echo(client, "one")).ShouldBe("one");
        _link.Cut();
        await ShouldBeBroken(client);
        await ShouldNotConnect();

        _link.Heal();
        using var healed = await Connect();
        (await Echo(healed, "two")).ShouldBe("two");
    }

    [Fact]
    public async Task What_was_sent_into_the_silence_arrives_afterwards_even_from_one_who_has_hung_up()
    {
        var client = await Connect();
        (await Echo(client, "one")).ShouldBe("one");
        _link.Silence();
        await client.GetStream().WriteAsync("commit"u8.ToArray());
        client.Dispose();
        await Task.Delay(Moment);
        _server.Heard.ShouldBe("one");

        _link.Heal();
        await Eventually.Holds(() => _server.Heard == "onecommit", "what was sent into the silence");
    }

    [Fact]
    public async Task A_slow_link_takes_longer_each_way()
    {
        using var client = await Connect();
        _link.Slow(Moment);
        var began = TimeProvider.System.GetTimestamp();
        (await Echo(client, "one")).ShouldBe("one");
        TimeProvider.System.GetElapsedTime(began).ShouldBeGreaterThan(2 * Moment - TimeSpan.FromMilliseconds(20));
    }

    [Fact]
    public async Task A_server_that_is_not_there_breaks_the_connection_off()
    {
        _server.Dispose();
        await ShouldNotConnect();
    }

    private async Task<TcpClient> Connect()
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _link.Port);
        return client;
    }

    private static async Task<string> Echo(TcpClient client, string text)
    {
        using var patience = new CancellationTokenSource(Patience);
        await client.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes(text), patience.Token);
        var answer = new byte[text.Length];
        await client.GetStream().ReadExactlyAsync(answer, patience.Token);
        return System.Text.Encoding.ASCII.GetString(answer);
    }

    private async Task ShouldNotConnect()
    {
        try
        {
            using var client = await Connect();
            await ShouldBeBroken(client);
        }
        catch (SocketException)
        {
            // Broken off before the client knew that it was connected.
        }
    }

    private static async Task ShouldBeBroken(TcpClient client)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            (await client.GetStream().ReadAsync(new byte[1], patience.Token)).ShouldBe(0);
        }
        catch (IOException)
        {
            // Broken off without a farewell.
        }
    }

    private sealed class EchoServer : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly System.Text.StringBuilder _heard = new();

        public EchoServer()
        {
            _listener.Start();
            Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
            _ = Accept();
        }

        public int Port { get; }

        public string Heard
        {
            get
            {
                lock (_heard) return _heard.ToString();
            }
        }

        public void Dispose() => _listener.Stop();

        private async Task Accept()
        {
            try
            {
                while (true) _ = Serve(await _listener.AcceptTcpClientAsync());
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                // The listener has been stopped.
            }
        }

        private async Task Serve(TcpClient client)
        {
            using (client)
            {
                var bytes = new byte[1024];
                try
                {
                    while (await client.GetStream().ReadAsync(bytes) is var length and > 0)
                    {
                        lock (_heard) _heard.Append(System.Text.Encoding.ASCII.GetString(bytes, 0, length));
                        await client.GetStream().WriteAsync(bytes.AsMemory(0, length));
                    }
                }
                catch (IOException)
                {
                    // The other side has hung up.
                }
            }
        }
    }
}
