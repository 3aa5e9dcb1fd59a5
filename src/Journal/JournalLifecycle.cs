using Zvonok.Journal.Commit;

namespace Zvonok.Journal;

/// <summary>The journal starts before the grains do and stops after the last of them, so a graceful stop loses nothing.</summary>
internal sealed class JournalLifecycle(JournalStartup startup, GroupCommit writer) : ILifecycleParticipant<ISiloLifecycle>
{
    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(
        nameof(JournalLifecycle),
        ServiceLifecycleStage.RuntimeInitialize,
        async stop =>
        {
            await startup.Prepare(stop);
            writer.Start();
        },
        _ => writer.Stop());
}
