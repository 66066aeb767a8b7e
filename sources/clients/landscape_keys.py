"""The vocabulary of a card in a landscape file: which key means what, and which spellings stood for it."""

# https://github.com/cncf/landscape2/blob/main/docs/config/data.yml, and what CNCF's file said before landscape2.
MATURITY_KEYS = ("project", "cncf_project")

STAGE_KEYS = {
    "accepted": ("accepted",),
    "incubating": ("incubating", "incubation", "incubated"),
    "graduated": ("graduated",),
    "archived": ("archived", "archives"),
}

STAGE_SPELLINGS = frozenset(spelling for spellings in STAGE_KEYS.values() for spelling in spellings)

LINK_KEYS = frozenset({
    "annual_review_url", "artwork_url", "blog_url", "bluesky_url", "chat_channel", "dev_stats_url", "discord_url",
    "docker_url", "documentation_url", "facebook_url", "funding_url", "github_discussions_url", "gitter_url",
    "linkedin_url", "mailing_list_url", "package_manager_url", "pinterest_url", "reddit_url", "slack_url",
    "stack_overflow_url", "summary_intro_url", "training_certifications", "twitter", "url_for_bestpractices",
    "youtube_url",
})  # fmt: skip

# Read into fields of their own; they stay in `extra` only where their value could not be understood.
CARD_KEYS = frozenset({
    "additional_repos", "crunchbase", "description", "extra", "homepage_url", "item", "joined", "license", "logo",
    "name", "open_source", "repo_url", "second_path", *MATURITY_KEYS,
})  # fmt: skip

# Known, but of use to a page at most: they go into `extra` as they are.
OTHER_CARD_KEYS = frozenset({
    "allow_duplicate_repo", "branch", "enduser", "organization", "project_org", "stock_ticker", "unnamed_organization",
})  # fmt: skip
OTHER_EXTRA_KEYS = frozenset({
    "annotations", "annual_review_date", "audits", "clomonitor_name", "lfx_slug", "other_links", "parent_project",
    "specification", "summary_business_use_case", "summary_integration", "summary_integrations", "summary_personas",
    "summary_release_rate", "summary_tags", "summary_use_case", "tag", "training_type",
})  # fmt: skip

# Crunchbase's own data may not be shipped: not even looked at.
FORBIDDEN_KEYS = frozenset({"crunchbase_data"})
