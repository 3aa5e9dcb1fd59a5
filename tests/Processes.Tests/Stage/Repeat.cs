using Grpc.Core;

namespace Zvonok.Processes.Tests.Stage;

/// <summary>What a caller does whose silo was killed: who was asked for lives elsewhere within seconds, and the same is asked again until then.</summary>
internal static class Repeat
{
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task<T> UntilAnswered<T>(Func<Task<T>> ask)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return await ask();
            }
            catch (RpcException exception) when (exception.StatusCode == StatusCode.Unavailable && TimeProvider.System.GetElapsedTime(began) < Patience)
            {
                await Task.Delay(Delay);
            }
        }
    }
}
