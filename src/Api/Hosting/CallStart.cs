using Microsoft.AspNetCore.Http;

namespace Zvonok.Api.Hosting;

/// <summary>What happens to a call between its routing and its service.</summary>
/// <param name="services">The host's.</param>
internal sealed class CallStart(IServiceProvider services)
{
    private const string GrpcContent = "application/grpc";

    /// <summary>Hands the call on, or tells that nobody is there for it.</summary>
    public Task Handle(HttpContext call, RequestDelegate next)
    {
        // Doors speak HTTP/2 alone, the dashboard does not.
        if (!HttpProtocol.IsHttp2(call.Request.Protocol)) return next(call);
        if (call.GetEndpoint() is null && IsGrpc(call.Request)) return Unimplemented(call.Response);
        // All services are singletons. Unasked, a scope is made for each call, to find that out.
        call.RequestServices = services;
        return next(call);
    }

    private static bool IsGrpc(HttpRequest request) => request.ContentType?.StartsWith(GrpcContent, StringComparison.Ordinal) == true;

    // gRPC would do it by routes that match everything: their captures are made for every call, also for those that have a service.
    private static Task Unimplemented(HttpResponse answer)
    {
        answer.ContentType = GrpcContent;
        answer.Headers["grpc-status"] = ((int)StatusCode.Unimplemented).ToString(System.Globalization.CultureInfo.InvariantCulture);
        answer.Headers["grpc-message"] = "No service here has this method: server reflection lists all there are.";
        return Task.CompletedTask;
    }
}
