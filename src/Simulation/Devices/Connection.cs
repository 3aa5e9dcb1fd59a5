using Grpc.Net.Client;

namespace Zvonok.Simulation.Devices;

/// <summary>Connections as devices make them: HTTP/2 without TLS, one socket each.</summary>
public static class Connection
{
    /// <summary>A channel over one socket of its own.</summary>
    public static GrpcChannel Open(Uri address) => GrpcChannel.ForAddress(address, new GrpcChannelOptions
    {
        HttpHandler = new SocketsHttpHandler { EnableMultipleHttp2Connections = false, UseProxy = false },
        DisposeHttpClient = true,
    });
}
