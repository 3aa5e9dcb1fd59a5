using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Client.Configuration;

namespace Zvonok.Simulation.Devices;

/// <summary>Connections as devices make them: HTTP/2 without TLS, one socket each.</summary>
public static class Connection
{
    /// <summary>A channel over one socket of its own; every failure is shown.</summary>
    /// <param name="address">Where to.</param>
    /// <param name="reconnectDelayMax">How long it waits at most between two tries to connect; null: gRPC's own pace, which slows down to two minutes.</param>
    public static GrpcChannel Open(Uri address, TimeSpan? reconnectDelayMax = null) => Open(address, reconnectDelayMax, serviceConfig: null);

    /// <summary>The same for somebody who only wants it done: a call without an answer is repeated, which its operation id makes safe.</summary>
    public static GrpcChannel OpenPatient(Uri address) => Open(address, reconnectDelayMax: null, new ServiceConfig
    {
        MethodConfigs =
        {
            new MethodConfig
            {
                Names = { MethodName.Default },
                RetryPolicy = new RetryPolicy
                {
                    MaxAttempts = 5,
                    InitialBackoff = TimeSpan.FromMilliseconds(200),
                    MaxBackoff = TimeSpan.FromSeconds(2),
                    BackoffMultiplier = 2,
                    RetryableStatusCodes = { StatusCode.Unavailable, StatusCode.ResourceExhausted },
                },
            },
        },
    });

    private static GrpcChannel Open(Uri address, TimeSpan? reconnectDelayMax, ServiceConfig? serviceConfig) => GrpcChannel.ForAddress(address, new GrpcChannelOptions
    {
        InitialReconnectBackoff = reconnectDelayMax ?? TimeSpan.FromSeconds(1),
        MaxReconnectBackoff = reconnectDelayMax ?? TimeSpan.FromMinutes(2),
        HttpHandler = new SocketsHttpHandler { EnableMultipleHttp2Connections = false, UseProxy = false },
        DisposeHttpClient = true,
        ServiceConfig = serviceConfig,
    });
}
