using Zvonok.Domain.Notices;

namespace Zvonok.Grains.Notices;

/// <summary>Which channels this installation can send through.</summary>
public interface IChannelRules
{
    /// <summary>False: no channel is set up, so that nobody can have subscribed, and nothing need be looked for.</summary>
    bool IsAnySetUp { get; }

    /// <summary>Why nobody can be told through a channel, and what to do; null when it is as it should be.</summary>
    string? WhyNot(Channel channel);
}
