from analysis.project import Project


def open_sample(language: str) -> Project:
    return Project.new("x", language=language)
